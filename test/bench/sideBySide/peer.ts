import type { IConnections, IDataObject, IRun } from 'n8n-workflow';

import type { CredentialValues } from '../../support/engine/credentialsHelper';
import type { TestNode } from '../../support/engine/runWorkflow';
import type { StandInApi } from './api';

/** The part of a workflow that waits; it begins behind the node `Start`. */
export interface WaitingPart {
	nodes: TestNode[];
	connections: IConnections;
	/** One for each job. */
	items: IDataObject[];
	credentials: CredentialValues;
}

/** Where the code of a node lies in an installed package. */
export interface NodeSource {
	/** The absolute path of the package. */
	packageFolder: string;
	/** In the package; the name of the class is the first part of its name. */
	file: string;
}

/** A way to wait for jobs in n8n that is measured. */
export interface Peer {
	/** For commands and files, such as "databricks". */
	id: string;
	/** For headings. */
	name: string;
	/** What is run, in a sentence. */
	what: string;
	api: StandInApi;
	/** A host that the code names itself: its connections are made to the stand-in instead. */
	fixedHost?: string;
	/** The nodes that the engine of the tests does not have yet, by the full names of their types. */
	nodes: readonly { type: string; source: NodeSource }[];
	/** What users have of them, where it lies elsewhere. */
	published?: readonly NodeSource[];
	/** The types of credentials that it does not have yet. */
	credentialTypes: readonly NodeSource[];
	/** The longest wait that the peer's settings allow, in milliseconds. */
	longestMs: number;
	/** @param jobIds one for each item */
	waitFor(baseUrl: string, jobIds: readonly string[]): WaitingPart;
	/** How many jobs the workflow gives as ended well. */
	countEnds(run: IRun): number;
}

import { join, resolve } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { providers } from '../../../nodes/providers';
import type { CrawlProvider } from '../../../nodes/shared/provider';
import root from '../../../package.json';
import { packageCredentials, registeredNodes } from '../engine/packageTypes';
import { shownFor } from '../shownFields';

const FOLDER = resolve(__dirname, '..', '..', '..', 'packages');

/** The package for one provider: where it is, and the files in it that are written by hand nowhere. */
export interface SinglePackage {
	provider: CrawlProvider;
	name: string;
	folder: string;
	/** By their names. */
	files: Record<string, string>;
}

/** The packages for one provider each, as `npm run packages` writes them. */
export const SINGLE_PACKAGES: readonly SinglePackage[] = providers.map((provider) => {
	const name = nameOf(provider);
	return {
		provider,
		name,
		folder: join(FOLDER, provider.id),
		files: {
			'package.json': `${JSON.stringify(manifestOf(provider), null, '\t')}\n`,
			'README.md': readmeOf(provider),
		},
	};
});

function nameOf({ id }: CrawlProvider): string {
	return `n8n-nodes-${id.toLowerCase()}-crawls`;
}

/** What the package for all providers says of itself, with the nodes and credentials of one provider. */
function manifestOf(provider: CrawlProvider): object {
	const { version, license, homepage, author, engines, peerDependencies, peerDependenciesMeta } =
		root;
	const repository = (root as { repository?: object }).repository;
	return {
		name: nameOf(provider),
		version,
		private: true,
		description: `n8n nodes for ${provider.displayName} that start website crawls, wait until a crawl is done, and start workflows when one has ended`,
		keywords: [...root.keywords, provider.id.toLowerCase()],
		license,
		homepage,
		author,
		...(repository && { repository: { ...repository, directory: `packages/${provider.id}` } }),
		engines,
		files: root.files.filter((pattern) => pattern.startsWith('dist/**')),
		n8n: {
			...root.n8n,
			credentials: root.n8n.credentials.filter((_file, index) =>
				isOf(provider, packageCredentials[index]?.name),
			),
			nodes: root.n8n.nodes.filter((_file, index) => {
				const description = registeredNodes[index]?.node.description;
				return (
					description !== undefined && (isTrigger(description) || isOwn(provider, description))
				);
			}),
		},
		peerDependencies,
		peerDependenciesMeta,
	};
}

function isOf({ credentials }: CrawlProvider, name: string | undefined): boolean {
	return credentials.some((credential) => credential.name === name);
}

function isTrigger({ group }: INodeTypeDescription): boolean {
	return group.includes('trigger');
}

/** Whether a node works with this provider and no other. */
function isOwn(provider: CrawlProvider, { credentials = [] }: INodeTypeDescription): boolean {
	return credentials.length > 0 && credentials.every(({ name }) => isOf(provider, name));
}

function readmeOf(provider: CrawlProvider): string {
	const name = nameOf(provider);
	const { displayName } = provider;
	const node = registeredNodes
		.map((each) => each.node.description)
		.find((description) => isOwn(provider, description));
	if (node === undefined) throw new Error(`No node is for ${displayName} alone`);
	const trigger = `${displayName} Crawl Finished Trigger`;
	const page = node.displayName.toLowerCase().replaceAll(' ', '-');
	return `# ${name}

n8n nodes for ${displayName}: ${uncapitalized(node.description)}, wait until a crawl is done, and start a workflow when one has ended.

This is a community package, and not made by ${displayName}. It is built from the sources of [${root.name}](../../README.md), which has the same nodes for ${providers.length - 1} more services.

## Install

In n8n: **Settings → Community nodes → Install**, and enter the name \`${name}\`. It works with n8n 2.x.

## Credentials

${packageCredentials
	.filter((credential) => isOf(provider, credential.name))
	.map(
		(credential) =>
			`- **${credential.displayName}** ([where to find it](${credential.documentationUrl})): ${credential.properties
				.filter(({ type }) => type !== 'hidden')
				.map((property) => `_${property.displayName}_`)
				.join(', ')}`,
	)
	.join('\n')}

## ${node.displayName}

${operationsOf(node).join('\n')}

[All fields, and what comes out](../../docs/nodes/${page}.md)

## Crawl and continue

1. Add **${node.displayName}**, and choose **Crawl → Start and Wait**.
2. Choose the credential, and enter the address of the website.
3. Connect the next step. It gets the crawl when it has ended or the maximum wait is over; \`wait.outcome\` says which: \`succeeded\`, \`failed\`, \`cancelled\` or \`stillRunning\`.

With the wait mode _Durable_ (n8n 2.41 and newer) the execution is suspended while the crawl runs, and survives restarts of n8n. [More about waiting](../../docs/waiting.md)

## ${trigger}

Starts a workflow for each crawl that ends, whoever started it: choose the credential, and where to look. [More about the trigger](../../docs/trigger.md)

## Beside ${root.name}

Both packages can be installed. They have the same credentials, so that one that you have created serves the nodes of both. For a workflow of the other package, replace \`${root.name}.\` by \`${name}.\` in the node types of its JSON; the node _Wait Until Crawl Done_ is only in the other.

MIT licensed.
`;
}

function operationsOf({ properties }: INodeTypeDescription): string[] {
	const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
	return resources.flatMap((resource) =>
		properties
			.filter((property) => property.name === 'operation')
			.filter((property) => shownFor(property, 'resource').includes(String(resource.value)))
			.flatMap(optionsOf)
			.map(
				({ name, description }) =>
					`- **${resource.name}: ${name}**: ${uncapitalized(description ?? '')}`,
			),
	);
}

function optionsOf(property: INodeProperties | undefined): INodePropertyOptions[] {
	return (property?.options ?? []) as INodePropertyOptions[];
}

function uncapitalized(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}

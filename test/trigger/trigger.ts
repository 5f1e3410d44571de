import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ActiveTrigger } from '../support/engine/activeTrigger';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { ProviderId, Simulator } from '../support/simulator';

/** A trigger that looks where the simulator's scripted jobs are. */
export function triggerAt(
	simulator: Simulator,
	provider: ProviderId,
	parameters: INodeParameters = {},
	isDurable = false,
): ActiveTrigger {
	return new ActiveTrigger({
		type: 'crawlFinishedTrigger',
		parameters: { provider, ...places(simulator)[provider], ...parameters },
		credentials: simulatorCredentials(simulator),
		isDurable,
	});
}

function places({ ids }: Simulator): Record<ProviderId, INodeParameters> {
	return {
		highLevel: { ...ids.highLevel },
		convocore: { ...ids.convocore },
		geonode: {},
		midPilot: { ...ids.midPilot },
		pathors: { ...ids.pathors },
	};
}

/** The crawls that started the workflow, in order. */
export function idsOf({ items }: { items: IDataObject[] }): unknown[] {
	return items.map(({ jobId }) => jobId);
}

interface TimeTravel {
	advance: (ms: number) => void;
	/** From now on, only `advance` moves the clock, however slow the machine is. */
	stopClock: () => void;
}

/** Moves the clock of this process, which the simulator goes by as well; real time goes on. */
export function useTimeTravel(): TimeTravel {
	const realNow = Date.now.bind(Date);
	let ahead = 0;
	let stoppedAt: number | null = null;
	beforeEach(() => {
		ahead = 0;
		stoppedAt = null;
		jest.spyOn(Date, 'now').mockImplementation(() => (stoppedAt ?? realNow()) + ahead);
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});
	return {
		advance: (ms) => {
			ahead += ms;
		},
		stopClock: () => {
			stoppedAt = realNow();
		},
	};
}

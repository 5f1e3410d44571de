/*
 * Everything undocumented in n8n that this package relies on, each with the file of n8n 2.41 that it
 * was read in. Check it here when n8n is upgraded. `core` is the package n8n-core, `cli` is n8n.
 */

export { startChild, type ParkedNode } from './children';
export { setCustomData } from './customData';
export { isTool, respondsWithLastNode, timeoutOf, turnOffAlwaysOutputData } from './nodeRun';
export { rerunOnResume, runIndexOf } from './parking';
export {
	areOfOneActivation,
	isActivationPoll,
	keepPollCursor,
	pollBudgetMs,
	pollOutOfTurn,
	reportPollError,
} from './polling';
export {
	answerCall,
	cancelSignal,
	credentialTestContext,
	rawBodyOf,
	withSignal,
	type RequestContext,
} from './requests';
export { isStepEngine, requireMemory, requireParking } from './requirements';
export {
	isParked,
	readExecution,
	savedContext,
	setSavedContext,
	wasKilled,
	wasStoppedByUser,
} from './savedExecution';
export { isStarting, parkAfterStartMs } from './start';
export {
	callParked,
	leftParked,
	parkedData,
	readFromWebhook,
	RESUME_WEBHOOKS,
	resumeOnTime,
} from './waking';

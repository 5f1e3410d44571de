import { RequestFault } from '../errors';

// The longest that a timer can be set to.
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Does the work of a request, which ends when its time is up or the execution is stopped, whatever
 * the server, n8n or its HTTP client do. What is still open then is closed.
 * @param timeoutMs the time for all of the work
 * @param stop aborted when the execution is stopped
 * @param work gets the signal that tells the end
 * @throws {RequestFault} of kind `passing` when the end came first
 */
export async function withEnd<Result>(
	timeoutMs: number,
	stop: AbortSignal | undefined,
	work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
	const end = new AbortController();
	const timer = AbortSignal.timeout(Math.min(MAX_TIMER_MS, Math.max(1, Math.ceil(timeoutMs))));
	const onTimeout = () => end.abort(timeoutFault(timeoutMs));
	const onStop = () => end.abort(stopFault());
	timer.addEventListener('abort', onTimeout);
	stop?.addEventListener('abort', onStop);
	if (stop?.aborted) onStop();
	try {
		return await Promise.race([work(end.signal), rejection(end.signal)]);
	} catch (error) {
		// An aborted request fails in many ways; why it was aborted is what counts.
		throw end.signal.aborted ? end.signal.reason : error;
	} finally {
		timer.removeEventListener('abort', onTimeout);
		stop?.removeEventListener('abort', onStop);
		end.abort();
	}
}

async function rejection(signal: AbortSignal): Promise<never> {
	return await new Promise((_, reject) => {
		const onEnd = () => reject(signal.reason as Error);
		if (signal.aborted) onEnd();
		else signal.addEventListener('abort', onEnd, { once: true });
	});
}

function timeoutFault(timeoutMs: number): RequestFault {
	const seconds = Math.max(1, Math.round(timeoutMs / 1000));
	return new RequestFault('passing', `The response was not complete within ${seconds} s`, {
		advice:
			"Check the 'Base URL' in the credential, and that the service is running. If it is only slow, try again later.",
		isTimeout: true,
		isUncertain: true,
	});
}

/** What happened to a request that a stop of the execution has ended, and what to do about it. */
export const STOPPED = {
	message: 'The request was stopped',
	advice:
		'The execution was stopped during the request. The provider may have carried it out all the same: check before you run it again.',
};

function stopFault(): RequestFault {
	return new RequestFault('passing', STOPPED.message, {
		advice: STOPPED.advice,
		isUncertain: true,
	});
}

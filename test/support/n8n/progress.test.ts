import { Progress } from './progress';

function recorder(isTTY: boolean, columns?: number) {
	const written: string[] = [];
	return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe('progress of long work', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('adds a line with the elapsed time to a log every 20 seconds', () => {
		const log = recorder(false);
		const progress = new Progress('Installing', 'once', log);
		progress.begin('downloading');
		jest.advanceTimersByTime(80_000);
		expect(log.written).toHaveLength(5);
		expect(log.written.at(-1)).toBe('Installing: downloading … 1 min 20 s (once)\n');
	});

	it('rewrites one line of a terminal, never longer than the terminal is wide', () => {
		const terminal = recorder(true, 24);
		const progress = new Progress('Installing', 'once', terminal);
		progress.begin('downloading');
		jest.advanceTimersByTime(2_000);
		expect(terminal.written.at(-1)).toBe('\r\x1b[KInstalling: downloading ');
	});

	it('is silent after its end', () => {
		const log = recorder(false);
		const progress = new Progress('Installing', 'once', log);
		progress.end('done');
		jest.advanceTimersByTime(60_000);
		expect(log.written).toEqual(['Installing: done (0 s)\n']);
	});
});

import { formatDuration } from './duration';

/** What progress is written to, such as `process.stdout`. */
export interface ProgressStream {
	isTTY?: boolean;
	/** The width of a terminal. */
	columns?: number | undefined;
	write(text: string): unknown;
}

const TERMINAL_INTERVAL_MS = 1_000;
const LOG_INTERVAL_MS = 20_000;
const ERASE_LINE = '\r\x1b[K';

/**
 * Shows that long work is alive: its title, its current step and the time since it began.
 * A terminal gets one line that is rewritten, a log file a new line every 20 seconds.
 */
export class Progress {
	private readonly startedAt = Date.now();
	private readonly timer: NodeJS.Timeout;
	private step = '';

	constructor(
		private readonly title: string,
		private readonly hint: string,
		private readonly stream: ProgressStream = process.stdout,
	) {
		const interval = stream.isTTY ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS;
		this.timer = setInterval(() => this.show(), interval);
		this.timer.unref();
	}

	/** Names the step that begins now. */
	begin(step: string): void {
		this.step = step;
		this.show();
	}

	/** Stops the display and leaves a last line with the outcome and the whole time. */
	end(outcome: string): void {
		clearInterval(this.timer);
		this.writeLine(`${this.title}: ${outcome} (${this.elapsed()})\n`);
	}

	private show(): void {
		const line = `${this.title}: ${this.step} … ${this.elapsed()} (${this.hint})`;
		// A line that wraps could not be rewritten.
		this.writeLine(this.stream.isTTY ? line.slice(0, this.stream.columns) : `${line}\n`);
	}

	private writeLine(line: string): void {
		this.stream.write(this.stream.isTTY ? `${ERASE_LINE}${line}` : line);
	}

	private elapsed(): string {
		return formatDuration(Date.now() - this.startedAt);
	}
}

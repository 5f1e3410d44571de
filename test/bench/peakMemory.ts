import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const PEAK = '/proc/self/clear_refs';

/** The most memory that this process had, in bytes. Where there is no `/proc`, since it began. */
export function peakMemory(): number {
	if (!existsSync(PEAK)) return process.resourceUsage().maxRSS * 1024;
	const status = readFileSync('/proc/self/status', 'utf8');
	return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Lets the kernel count the peak anew (Linux, `proc(5)`). */
export function forgetPeak(): void {
	globalThis.gc?.();
	if (existsSync(PEAK)) writeFileSync(PEAK, '5');
}

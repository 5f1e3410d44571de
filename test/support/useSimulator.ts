import { startSimulator, type Simulator, type SimulatorOptions } from './simulator';

/**
 * A simulator for all tests of a file, or of the `describe` that this is called in. It is closed
 * after the last of them. No test sees the requests of those before it.
 * @returns the simulator; its fields are there as soon as the first hook or test runs, so they are
 * to be read in one
 */
export function useSimulator(options: SimulatorOptions = {}): Simulator {
	const simulator = {} as Simulator;
	beforeAll(async () => {
		Object.assign(simulator, await startSimulator(options));
	});
	beforeEach(() => {
		simulator.requests.length = 0;
	});
	afterAll(async () => simulator.close());
	return simulator;
}

/** The same with a simulator of its own for each test, where one test changes what the next finds. */
export function useSimulatorPerTest(options: SimulatorOptions = {}): Simulator {
	const simulator = {} as Simulator;
	beforeEach(async () => {
		Object.assign(simulator, await startSimulator(options));
	});
	afterEach(async () => simulator.close());
	return simulator;
}

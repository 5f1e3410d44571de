// Read first, so that what is declared here goes before it.
/// <reference types="jest" />

// Jest's types make every asymmetric matcher `any`, which would let an unchecked value into whatever
// expects it. The tests compare with them and nothing else.
declare namespace jest {
	interface Expect {
		any(classType: unknown): unknown;
		anything(): unknown;
		arrayContaining(elements: readonly unknown[]): unknown;
		objectContaining(part: object): unknown;
		stringContaining(part: string): unknown;
		stringMatching(pattern: string | RegExp): unknown;
	}
}

export const REDACTED = '[redacted]';

/** Below this length a secret is only recognised as a whole value, so that ordinary words survive. */
const MIN_SUBSTRING_LENGTH = 4;

/**
 * Replaces every occurrence of the given secrets in a JSON value (texts and property names, at
 * any depth), also where they stand URL-encoded or in Base64. Servers do repeat what they were
 * sent, in error messages above all.
 */
export function redactSecrets(value: unknown, secrets: readonly string[]): unknown {
	const needles = [
		...new Set(
			secrets
				.flatMap((secret) => [secret, secret.trim()])
				.filter(Boolean)
				.flatMap(spellings),
		),
	]
		// A longer spelling can contain a shorter one, which would leave its rest behind.
		.sort((a, b) => b.length - a.length);
	return needles.length === 0 ? value : redactValue(value, needles);
}

function spellings(secret: string): string[] {
	return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}

function redactValue(value: unknown, needles: readonly string[]): unknown {
	if (typeof value === 'string') return redactText(value, needles);
	if (Array.isArray(value)) return value.map((entry: unknown) => redactValue(entry, needles));
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [
				redactText(key, needles),
				redactValue(entry, needles),
			]),
		);
	}
	return value;
}

function redactText(text: string, needles: readonly string[]): string {
	return needles.reduce((result, needle) => {
		if (needle.length < MIN_SUBSTRING_LENGTH) return result === needle ? REDACTED : result;
		return result.includes(needle) ? result.split(needle).join(REDACTED) : result;
	}, text);
}

import { packageCredentials, packageNodes } from './engine/packageTypes';
import { surfaceOfCredential, surfaceOfNode } from './surface';

/** What saved workflows hold on to in the nodes and credentials that package.json registers. */
export function packageSurface(): string[] {
	return [
		...Object.values(packageNodes).flatMap(surfaceOfNode),
		...packageCredentials.flatMap(surfaceOfCredential),
	];
}

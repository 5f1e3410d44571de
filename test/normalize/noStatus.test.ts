import { normalizeCrawlJob } from '../../nodes';
import { requireProvider } from '../../nodes/requireProvider';
import { statusBody } from './statusBodies';

describe.each(['highLevel', 'convocore', 'geonode', 'midPilot', 'pathors'])(
	'an answer of %s about a crawl',
	(id) => {
		const warningsAbout = (word: unknown) => {
			const { body, reference } = statusBody(id, { word, flag: null, completed: 1 });
			return normalizeCrawlJob(id, body, reference).warnings;
		};

		it.each([[null], [7], [{}]])('says so where it has %j for a status', (word) => {
			const { displayName } = requireProvider(id);
			expect(warningsAbout(word)).toEqual([
				`${displayName} returned no status, so the crawl counts as still running.`,
			]);
		});

		it('says nothing of it where it has one', () => {
			expect(warningsAbout('running').join()).not.toContain('no status');
		});
	},
);

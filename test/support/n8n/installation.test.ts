import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './installation';

describe('the cache folder', () => {
	it('is what CRAWL_JOBS_CACHE says', () => {
		expect(cacheFolder({ CRAWL_JOBS_CACHE: '/big/disk', XDG_CACHE_HOME: '/xdg' })).toBe(
			'/big/disk',
		);
	});

	it('is else in XDG_CACHE_HOME', () => {
		expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/n8n-nodes-crawl-jobs');
	});

	it('is else in the home folder', () => {
		expect(cacheFolder({})).toBe(join(homedir(), '.cache', 'n8n-nodes-crawl-jobs'));
	});
});

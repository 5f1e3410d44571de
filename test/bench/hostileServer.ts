import { HOSTILE_ANSWERS } from '../support/hostile/hostileAnswers';
import { startHostileServer } from '../support/hostile/hostileServer';
import { KEY } from '../support/hostile/hostileWaits';

/* The hostile server as a process of its own, so that its memory is not that of its clients. */

// Bombs take seconds to be packed.
for (const { isHeavy, does } of Object.values(HOSTILE_ANSWERS)) {
	if (isHeavy) does({ body: '{}', key: KEY, elsewhere: '' });
}
void startHostileServer(KEY).then((server) => {
	process.send?.(server.baseUrl(''));
});
process.once('disconnect', () => process.exit());

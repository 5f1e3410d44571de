import { parseUsers } from './systemUser';

describe('the accounts of /etc/passwd', () => {
	it('have a name, a user id and a group id', () => {
		const passwd = 'root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104::/var/lib:/bin/bash\n';
		expect(parseUsers(passwd)).toEqual([
			{ name: 'root', uid: 0, gid: 0 },
			{ name: 'postgres', uid: 101, gid: 104 },
		]);
	});

	it('are none of its comments', () => {
		expect(parseUsers('# nobody:*:-2:-2::/:/bin/false\n')).toEqual([]);
	});
});

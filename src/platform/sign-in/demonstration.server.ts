import { z } from 'zod';
import { system } from '../actor.ts';
import { inTransaction } from '../database.server.ts';
import type { Locale } from '../locale.ts';
import { notFound } from '../problem.ts';
import { shownName } from '../shown-name.ts';
import { enter, type Browser, type Entered } from './sign-in.server.ts';
import { issueTicket, readTicket } from './ticket.server.ts';

/** How a request came in, for the door that only this machine itself may use. */
export type Caller = {
	/** The address of the other end of the connection. */
	readonly address: string;
	/** The host name that the browser asked for. */
	readonly hostname: string;
	/** The server found no header of a proxy on the request (`x-hamkor-direct`). */
	readonly direct: boolean;
	/** Proxies are set up for this installation (HAMKOR_TRUSTED_PROXY). */
	readonly behindProxy: boolean;
};

/**
 * Whether somebody sits at this very machine. All of it must be so: a loopback address, a name of this machine in the
 * address bar (so that no foreign page reaches in by pointing its own name here), no trace of a proxy, and none set up.
 */
export function atThisMachine({ address, hostname, direct, behindProxy }: Caller): boolean {
	const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
	const loopback = /^127\.\d+\.\d+\.\d+$/.test(plain) || plain === '::1';
	return loopback && ['localhost', '127.0.0.1', '[::1]'].includes(hostname.toLowerCase()) && direct && !behindProxy;
}

/** The pass of who has typed the code from the terminal. @returns a ticket for the cookie, valid for four hours */
export const demonstrationPass = (now: Date): string => issueTicket('demo-sign-in', {}, 4 * 60, now);
export const hasDemonstrationPass = (ticket: string | undefined, now: Date): boolean =>
	readTicket('demo-sign-in', z.object({}), ticket, now) !== null;

/** The made-up people one can sign in as, named in the language of who reads. */
export const demonstrationPeople = (locale: Locale): Promise<{ personId: string; displayName: string }[]> =>
	inTransaction(system('sign-in', locale), (tx) =>
		tx
			.selectFrom('network.person as p')
			.innerJoin('platform.account as a', 'a.personId', 'p.id')
			.select(['p.id as personId', shownName('p').as('displayName')])
			.where('p.demonstration', '=', true)
			.where('a.disabledAt', 'is', null)
			.orderBy(shownName('p'))
			.execute()
	);

/** Signs in as a made-up person, and as nobody else. @throws Problem `not-found` */
export async function enterDemonstration(personId: string, browser: Browser, now: Date): Promise<Entered> {
	return inTransaction(system('sign-in'), async (tx) => {
		const account = await tx
			.selectFrom('platform.account as a')
			.innerJoin('network.person as p', 'p.id', 'a.personId')
			.select('a.signInName')
			.where('a.personId', '=', personId)
			.where('p.demonstration', '=', true)
			.where('a.disabledAt', 'is', null)
			.executeTakeFirst();
		if (!account) throw notFound();
		return enter(tx, personId, account.signInName, browser, now);
	});
}

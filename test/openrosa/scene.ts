import { randomUUID } from 'node:crypto';
import { beforeAll, expect } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { owner } from '../database.ts';
import { exchange, multipart, useDoors, xmlPart, type Answer, type Part } from './server.ts';

/** A form with a place, an age that has a limit, two pictures and a repeat; its name is no ASCII. */
export const form = `
| survey   |
|          | type         | name  | label    | constraint |
|          | text         | place | Qayerda? |            |
|          | integer      | age   | Yosh     | . < 120    |
|          | image        | photo | Surat    |            |
|          | image        | other | Yana     |            |
|          | begin_repeat | child | Bola     |            |
|          | text         | name  | Ism      |            |
|          | end_repeat   |       |          |            |
| settings |
|          | form_id | form_title  | version |
|          | soʻrov  | Soʻrov & Co | 7       |
`;

/** The smallest picture there is. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
/** Others like it, each with bytes of its own. */
export const mark = (n: number): Buffer => Buffer.concat([png, Buffer.from(String(n))]);
export const newInstance = (): string => `uuid:${randomUUID()}`;
export const photo = (filename: string, content: Buffer = png): Part => ({ name: filename, filename, type: 'image/png', content });
export const message = ({ body }: Answer): string => /<message nature="error">([^<]+)<\/message>/.exec(body)?.[1] ?? '';

export function expectOpenRosa(answer: Answer): void {
	expect(answer.headers['x-openrosa-version']).toBe('1.0');
	expect(Number.isNaN(Date.parse(answer.headers.date ?? ''))).toBe(false);
	expect(Number(answer.headers['x-openrosa-accept-content-length'])).toBeGreaterThan(1_000_000);
}

/** The doors before a round with that form, and an app that knows the link to it. Call once at the top, after `useDatabase()`. */
export function useRound() {
	const server = useDoors();
	let laid: LaidOut;
	beforeAll(async () => {
		laid = await layOutRound(owner, { form });
	});
	const post = (parts: readonly Part[], { token, path }: { token?: string; path?: string } = {}): Promise<Answer> =>
		exchange(server.base, 'POST', path ?? `/key/${token ?? laid.token}/submission?deviceID=collect%3Ax`, multipart(parts));
	return {
		server,
		get round(): LaidOut {
			return laid;
		},
		xmlOf: (instanceId: string | null, inside = '<place>Zomin</place>', { id = laid.formId, version = '7', extra = '' } = {}): string =>
			`<data xmlns:jr="http://openrosa.org/javarosa" id="${id}" version="${version}">${inside}<meta>${instanceId === null ? '' : `<instanceID>${instanceId}</instanceID>`}${extra}</meta></data>`,
		post,
		send: (xml: string | Buffer, more: readonly Part[] = []): Promise<Answer> => post([xmlPart(xml), ...more]),
		get: (path: string, headers: Record<string, string> = {}): Promise<Answer> => exchange(server.base, 'GET', `/key/${laid.token}/${path}`, { headers }),
		rows: async (instanceId: string) => (await owner.query('select * from assessment.submission where instance_id = $1', [instanceId])).rows
	};
}

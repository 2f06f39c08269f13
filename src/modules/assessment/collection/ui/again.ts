import { localizeHref } from '#paraglide/runtime.js';
import { answersFile, type Payload } from './engine.svelte.ts';

/** Answers that a review sent back, as the form's engine takes them. */
export type Again = { readonly instanceId: string; readonly payload: Payload };

/** The server does not hand the answers out; `message` is its sentence, empty when it was not reached. */
export class NotAgain extends Error {}

/** Fetches answers that are to be corrected, with their files. @param address of the filling page @throws NotAgain */
export async function fetchAgain(address: string, submission: string): Promise<Again> {
	const folder = localizeHref(`${address}/sent/${encodeURIComponent(submission)}`);
	const answers: unknown = await (await asked(folder)).json();
	if (!isSent(answers)) throw new NotAgain('');
	const files = await Promise.all(
		answers.files.map(async ({ name, mediaType }) => [name, new File([await (await asked(`${folder}/${encodeURIComponent(name)}`)).blob()], name, { type: mediaType })] as const)
	);
	return { instanceId: answers.instanceId, payload: [[answersFile, new File([answers.xml], answersFile, { type: 'text/xml' })], ...files] };
}

async function asked(address: string): Promise<Response> {
	const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', headers: { accept: 'application/json' } }).catch(() => undefined);
	if (response?.ok) return response;
	const said: unknown = await response?.json().catch(() => undefined);
	throw new NotAgain(typeof said === 'object' && said !== null && 'message' in said && typeof said.message === 'string' ? said.message : '');
}

type Sent = { readonly instanceId: string; readonly xml: string; readonly files: readonly { readonly name: string; readonly mediaType: string }[] };

const isSent = (answers: unknown): answers is Sent =>
	typeof answers === 'object' && answers !== null && 'instanceId' in answers && typeof answers.instanceId === 'string' && 'xml' in answers && typeof answers.xml === 'string' && 'files' in answers && Array.isArray(answers.files);

import type { IncomingMessage, ServerResponse } from 'node:http';
import { entriesAsked } from '#modules/assessment/collection/entity-files.server.ts';
import { filesForCollecting, type CollectedFile } from '#modules/assessment/collection/form-files.server.ts';
import { formOf, type Form } from '#modules/assessment/collection/form.server.ts';
import type { Link } from '#modules/assessment/collection/link.server.ts';
import { escapeXml } from '#modules/assessment/collection/openrosa-message.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import { answerEmpty, answerFile, answerXml } from './xml.ts';

/** A request to the door: with whose link, in which language, and the address the client knows us by. */
export type Call = {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly url: URL;
	readonly link: Link;
	/** The secret of that link. */
	readonly token: string;
	readonly locale: Locale;
	/** `https://host/key/{token}`, or without the secret when it came as a password: what stands before the paths of the door. */
	readonly base: string;
};

/**
 * `formList`: the one form of the link's round, while the round is open; only the form asked for with `formID`.
 *
 * The hash is that of the form's own bytes and of nothing else: Collect looks for a form of exactly this hash among those it has,
 * and would fetch the form again for ever if files were counted into it. That a file has changed, it sees in the manifest, which
 * it reads whenever the list names one.
 */
export async function formList({ request, response, url, link, locale, base }: Call): Promise<void> {
	const form = await formOf(link.versionId);
	const asked = url.searchParams.get('formID');
	const listed = link.roundState === 'open' && (asked === null || asked === form.formId);
	const files = listed ? await filesForCollecting(link.versionId) : [];
	const address = `${base}/forms/${encodeURIComponent(form.formId)}`;
	const entry = (): string =>
		[
			'\t<xform>',
			`\t\t<formID>${escapeXml(form.formId)}</formID>`,
			`\t\t<name>${escapeXml(localText(link.title, locale).text || form.instrument.title || form.formId)}</name>`,
			`\t\t<version>${escapeXml(form.version)}</version>`,
			`\t\t<hash>md5:${form.md5}</hash>`,
			`\t\t<downloadUrl>${escapeXml(`${address}.xml`)}</downloadUrl>`,
			...(files.length > 0 ? [`\t\t<manifestUrl>${escapeXml(`${address}/manifest`)}</manifestUrl>`] : []),
			'\t</xform>\n'
		].join('\n');
	answerXml(
		request,
		response,
		200,
		`<?xml version="1.0" encoding="UTF-8"?>\n<xforms xmlns="http://openrosa.org/xforms/xformsList">\n${listed ? entry() : ''}</xforms>\n`
	);
}

/** `forms/{id}.xml`: the form itself, or 304 when the client has these very bytes. @throws Problem `collection.no-such-form` (404) */
export async function formXml({ request, response, link }: Call, formId: string): Promise<void> {
	const form = await named(link, formId);
	const etag = `"${form.md5}"`;
	if (matches(request.headers['if-none-match'], etag)) return answerEmpty(response, 304, { etag });
	answerXml(request, response, 200, form.xform, { etag });
}

/** `forms/{id}/manifest`: the form's files, each with all that an app wants to know. @throws Problem `collection.no-such-form` (404) */
export async function manifest({ request, response, link, base }: Call, formId: string): Promise<void> {
	await named(link, formId);
	const folder = `${base}/forms/${encodeURIComponent(formId)}/files`;
	const entry = ({ name, hash, list }: CollectedFile): string =>
		[
			`\t<mediaFile${list ? ' type="entityList"' : ''}>`,
			`\t\t<filename>${escapeXml(name)}</filename>`,
			`\t\t<hash>md5:${hash}</hash>`,
			`\t\t<downloadUrl>${escapeXml(`${folder}/${encodeURIComponent(name)}`)}</downloadUrl>`,
			...(list ? [`\t\t<integrityUrl>${escapeXml(`${base}/forms/${encodeURIComponent(formId)}/lists/${list.name}/integrity`)}</integrityUrl>`] : []),
			'\t</mediaFile>\n'
		].join('\n');
	const files = await filesForCollecting(link.versionId);
	answerXml(
		request,
		response,
		200,
		`<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="http://openrosa.org/xforms/xformsManifest">\n${files.map(entry).join('')}</manifest>\n`
	);
}

/** `forms/{id}/files/{name}`: a file of the form, or 304. @throws Problem `collection.no-such-form`, `collection.no-such-file` (404) */
export async function formFile({ request, response, link }: Call, formId: string, name: string): Promise<void> {
	await named(link, formId);
	const file = (await filesForCollecting(link.versionId)).find((each) => each.name === name.normalize('NFC') || each.name === name);
	if (!file) throw problem('collection.no-such-file', 404);
	const etag = `"${file.hash}"`;
	if (matches(request.headers['if-none-match'], etag)) return answerEmpty(response, 304, { etag });
	await answerFile(request, response, file, { etag });
}

/** Entries about which an app may ask at once. */
const mostAsked = 10_000;

/**
 * `forms/{id}/lists/{name}/integrity?id=…,…`: which entries of a list that an app has were removed. Of what the list never had it
 * says nothing. Written without a space between elements: Collect reads them by their place.
 * @throws Problem `collection.no-such-form`, `collection.no-such-file` (404)
 */
export async function integrity({ request, response, url, link }: Call, formId: string, name: string): Promise<void> {
	await named(link, formId);
	const list = (await filesForCollecting(link.versionId)).find((file) => file.list?.name === name)?.list;
	if (!list) throw problem('collection.no-such-file', 404);
	const asked = url.searchParams.getAll('id').flatMap((ids) => ids.split(',')).slice(0, mostAsked);
	const entries = await entriesAsked(list.id, asked);
	const said = entries.map(({ id, removed }) => `<entity id="${id}"><deleted>${removed}</deleted></entity>`).join('');
	answerXml(request, response, 200, `<?xml version="1.0" encoding="UTF-8"?><data><entities>${said}</entities></data>`);
}

async function named(link: Link, formId: string): Promise<Form> {
	const form = await formOf(link.versionId);
	if (form.formId !== formId || link.roundState !== 'open') throw problem('collection.no-such-form', 404);
	return form;
}

const matches = (header: string | undefined, etag: string): boolean =>
	header !== undefined && header.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag);

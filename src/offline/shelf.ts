import { isKept, sorted, type Arrived, type Draft, type KeptFile, type KeptForm, type Shelf, type Waiting } from './kept.ts';
import type { Vault } from './vault.ts';

/** One page at a time sends, or takes back what is to be sent. */
export const outboxLock = 'hamkor-outbox';

/** So many notes of what has arrived stay; the oldest go. */
const mostNotes = 100;

/** Everything that is kept. @throws Locked */
export async function shelf(vault: Vault): Promise<Shelf> {
	return sorted((await vault.records()).map(([, value]) => value).filter(isKept));
}

/** Reads a file that is kept. @throws Locked, Unreadable */
export async function keptFile(vault: Vault, { id, name, type }: KeptFile): Promise<File> {
	return new File([await vault.file(id)], name, { type });
}

/** Under which name things lie on the device. It says nothing of what they are. */
export const newName = (): string => crypto.randomUUID();

async function split(files: readonly File[], there: readonly KeptFile[]): Promise<{ kept: KeptFile[]; fresh: Map<string, ArrayBuffer> }> {
	const fresh = new Map<string, ArrayBuffer>();
	const kept: KeptFile[] = [];
	for (const file of files) {
		const before = there.find(({ name, size }) => name === file.name && size === file.size);
		if (before) kept.push(before);
		else {
			const id = newName();
			fresh.set(id, await file.arrayBuffer());
			kept.push({ id, name: file.name, type: file.type, size: file.size });
		}
	}
	return { kept, fresh };
}

const without = (before: readonly KeptFile[], kept: readonly KeptFile[]): string[] => before.filter(({ id }) => !kept.some((each) => each.id === id)).map(({ id }) => id);

/**
 * Keeps a draft in place of what was kept of it before. A file that lies there already is not written again.
 * @returns the draft as it lies there now
 */
export async function keepDraft(vault: Vault, draft: Omit<Draft, 'files'>, files: readonly File[], before: readonly KeptFile[]): Promise<Draft> {
	const { kept, fresh } = await split(files, before);
	const whole: Draft = { ...draft, files: kept };
	await vault.write({ records: new Map([[draft.id, whole]]), files: fresh, dropFiles: without(before, kept) });
	return whole;
}

/** Puts answers out to be sent, and takes away the draft that they were: both or neither. */
export async function putOut(vault: Vault, waiting: Omit<Waiting, 'files'>, files: readonly File[], draft: Draft | undefined): Promise<Waiting> {
	const { kept, fresh } = await split(files, draft?.files ?? []);
	const whole: Waiting = { ...waiting, files: kept };
	await vault.write({
		records: new Map([[waiting.id, whole]]),
		files: fresh,
		dropRecords: draft && draft.id !== waiting.id ? [draft.id] : [],
		dropFiles: without(draft?.files ?? [], kept)
	});
	return whole;
}

/** Notes how far sending has come. */
export const noteWaiting = (vault: Vault, waiting: Waiting): Promise<void> => vault.write({ records: new Map([[waiting.id, waiting]]) });

/** What has arrived leaves the device; that it has arrived is noted. */
export async function noteArrived(vault: Vault, waiting: Waiting): Promise<void> {
	const { form, address, round, title, sensitive, id, errand, madeAt } = waiting;
	const note: Arrived = { kind: 'arrived', form, address, round, title, sensitive, id, errand, madeAt, arrivedAt: Date.now() };
	const old = (await shelf(vault)).arrived.slice(mostNotes - 1);
	await vault.write({ records: new Map([[id, note]]), dropFiles: waiting.files.map((file) => file.id), dropRecords: old.map((each) => each.id).filter((each) => each !== id) });
}

/** Takes a form, a draft, or what waits, off the device. */
export const drop = (vault: Vault, { id, files }: KeptForm | Draft | Waiting): Promise<void> => vault.write({ dropRecords: [id], dropFiles: files.map((file) => file.id) });

/** Who writes which files a form has writes alone: its record tells of all of them. */
const formLock = 'hamkor-form-files';

/**
 * Keeps a form so that it opens without a connection, in place of what was kept of it before.
 * @param wanted names of the files that belong to it now: those that lie here already stay, others go
 */
export async function keepForm(vault: Vault, form: Omit<KeptForm, 'kind' | 'id' | 'keptAt' | 'files'>, wanted: readonly string[]): Promise<void> {
	await navigator.locks.request(formLock, async () => {
		const [before, ...doubles] = (await shelf(vault)).forms.filter(({ address }) => address === form.address);
		const files = (before?.files ?? []).filter(({ name }) => wanted.includes(name));
		const whole: KeptForm = { ...form, kind: 'form', id: before?.id ?? newName(), keptAt: Date.now(), files };
		const dropFiles = [...without(before?.files ?? [], files), ...doubles.flatMap((each) => each.files.map(({ id }) => id))];
		await vault.write({ records: new Map([[whole.id, whole]]), dropRecords: doubles.map(({ id }) => id), dropFiles });
	});
}

/** Files that are kept with the form of this address. @throws Locked */
export const filesOfForm = async (vault: Vault, address: string): Promise<readonly KeptFile[]> => (await shelf(vault)).forms.find((form) => form.address === address)?.files ?? [];

/** Keeps a file with a form that is kept. */
export async function keepFormFile(vault: Vault, address: string, file: File): Promise<void> {
	await navigator.locks.request(formLock, async () => {
		const form = (await shelf(vault)).forms.find((each) => each.address === address);
		if (!form || form.files.some(({ name }) => name === file.name)) return;
		const kept: KeptFile = { id: newName(), name: file.name, type: file.type, size: file.size };
		const whole: KeptForm = { ...form, files: [...form.files, kept] };
		await vault.write({ records: new Map([[form.id, whole]]), files: new Map([[kept.id, await file.arrayBuffer()]]) });
	});
}

/**
 * Makes a draft again of what waits, under the outbox's own lock. What may have been on its way stays as it is: the server may
 * have it already, and would not take another under the same name.
 * @param answers name of the file with the answers
 */
export async function asDraft(vault: Vault, id: string, answers: string): Promise<Draft | undefined> {
	return navigator.locks.request(outboxLock, async () => {
		const waiting = (await shelf(vault)).waiting.find((each) => each.id === id);
		const main = waiting?.files.find(({ name }) => name === answers);
		if (!waiting || !main || waiting.tries > 0 || waiting.sent.length > 0) return undefined;
		const { form, address, round, title, sensitive, madeAt } = waiting;
		const text = await (await keptFile(vault, main)).text();
		const files = waiting.files.filter((file) => file !== main);
		const draft: Draft = { kind: 'draft', form, address, round, title, sensitive, id: newName(), startedAt: madeAt, savedAt: Date.now(), consentedAt: madeAt, at: 0, language: '', answers: text, files };
		await vault.write({ records: new Map([[draft.id, draft]]), dropRecords: [id], dropFiles: [main.id] });
		return draft;
	});
}

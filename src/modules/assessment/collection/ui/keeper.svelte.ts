import type { Draft, KeptForm, Waiting } from '#offline/kept.ts';
import type { Room } from '#offline/room.svelte.ts';
import { drop, filesOfForm, keepDraft, keepForm, keptFile, newName, putOut } from '#offline/shelf.ts';
import type { FillingPage } from '../filling.ts';
import { answersFile, payloadOf, type Payload } from './engine.svelte.ts';
import type { Filling } from './filling.svelte.ts';
import { keepFiles, type FormFiles, type KeptFiles } from './form-files.svelte.ts';

/** Milliseconds after the last change in which a further one may come along. */
const pause = 400;

/** What the page may say about the answers: nothing yet, being written, on the disk, or not kept. */
export type Keeping = 'nothing' | 'writing' | 'kept' | 'failed';

/** Keeps what is written in a form on the device, as it is written. */
export class Keeper {
	state = $state<Keeping>('nothing');
	/** When it was last written, in milliseconds. */
	savedAt = $state<number>();
	draft: Draft | undefined;
	readonly #room: Room;
	readonly #page: FillingPage;
	#filling: Filling | undefined;
	#place: () => { readonly at: number } = () => ({ at: 0 });
	#consentedAt = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> = Promise.resolve();
	#release: (() => void) | undefined;

	constructor(room: Room, page: FillingPage) {
		this.#room = room;
		this.#page = page;
	}

	/** Whether anything is kept here: never on a device that no person has locked, where the round is sensitive. */
	get able(): boolean {
		return this.#room.state === 'open' || (this.#room.state === 'device' && !this.#page.sensitive);
	}

	get #ofForm(): Pick<KeptForm, 'form' | 'address' | 'round' | 'title' | 'sensitive'> {
		const { form, address, round, title, sensitive } = this.#page;
		return { form, address, round, title, sensitive };
	}

	/** Keeps the form itself, so that it opens without a connection. */
	async form(): Promise<boolean> {
		if (!this.able) return false;
		await keepForm(this.#room.vault, { ...this.#ofForm, page: this.#page }, this.#page.files.map(({ hash }) => hash));
		await this.#room.changed();
		return true;
	}

	/** A file of the form as it is kept here. */
	readonly kept: KeptFiles = async (hash) => {
		if (!this.able || this.#page.files.length === 0) return undefined;
		const file = (await filesOfForm(this.#room.vault, this.#page.address)).find(({ name }) => name === hash);
		return file && keptFile(this.#room.vault, file).catch(() => undefined);
	};

	/** Keeps the form's files as well. @returns whether the form opens whole without a connection */
	async files(files: FormFiles): Promise<boolean> {
		return this.able && keepFiles(this.#room.vault, this.#page, files).catch(() => false);
	}

	/** Begins to keep a form that is being filled. @param place tells where in it the person is */
	follow(filling: Filling, place: () => { readonly at: number }, draft: Draft | undefined): void {
		this.#filling = filling;
		this.#place = place;
		this.draft = draft;
		this.#consentedAt = draft?.consentedAt ?? Date.now();
		this.savedAt = draft?.savedAt;
		this.state = draft ? 'kept' : 'nothing';
		if (draft) sessionStorage.setItem(this.#mark, draft.id);
		else sessionStorage.removeItem(this.#mark);
	}

	/** What was kept of a draft, as the form's engine takes it. */
	async payload(draft: Draft): Promise<Payload> {
		const files = await Promise.all(draft.files.map((file) => keptFile(this.#room.vault, file)));
		const answers = new File([draft.answers], answersFile, { type: 'text/xml' });
		return [[answersFile, answers], ...files.map((file) => [file.name, file] as const)];
	}

	/** Only one page at a time writes a draft. @returns false when another does */
	async hold(draft: Draft): Promise<boolean> {
		return new Promise((resolve) => {
			void navigator.locks.request(`hamkor-draft-${draft.id}`, { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
			});
		});
	}

	/** The draft that this very window was at, when it was reloaded. */
	get mine(): Draft | undefined {
		const id = sessionStorage.getItem(this.#mark);
		return this.#room.kept.drafts.find((draft) => draft.id === id);
	}

	get #mark(): string {
		return `hamkor-draft-${this.#page.form}`;
	}

	/** Something was changed: from now on the page says that it is not kept yet. */
	touched(): void {
		if (!this.able || !this.#filling) return;
		this.state = 'writing';
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.flush(), pause);
	}

	/** Writes now what is not written yet. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#writing = this.#writing.then(() => (this.state === 'writing' ? this.#write() : undefined));
		return this.#writing;
	}

	async #write(): Promise<void> {
		const filling = this.#filling;
		if (!filling) return;
		const { changes } = filling;
		const { at } = this.#place();
		try {
			const payload = await payloadOf(filling.root, filling.decimals);
			const answers = await payload.find(([name]) => name === answersFile)?.[1].text();
			const files = payload.filter(([name]) => name !== answersFile).map(([, file]) => file);
			const now = Date.now();
			const draft = {
				...this.#ofForm, kind: 'draft' as const, id: this.draft?.id ?? newName(), startedAt: this.draft?.startedAt ?? now, savedAt: now, consentedAt: this.#consentedAt,
				at, language: filling.root.currentState.activeLanguage.language, answers: answers ?? ''
			};
			const fresh = this.draft === undefined;
			this.draft = await keepDraft(this.#room.vault, draft, files, this.draft?.files ?? []);
			if (fresh) await this.#begun(this.draft);
			// What was changed meanwhile is not kept yet, and the page does not say that it is.
			if (filling !== this.#filling || filling.changes !== changes || this.#place().at !== at) return this.touched();
			this.savedAt = now;
			this.state = 'kept';
		} catch {
			this.state = 'failed';
		}
	}

	async #begun(draft: Draft): Promise<void> {
		sessionStorage.setItem(this.#mark, draft.id);
		await this.hold(draft);
		void this.#room.askToLast();
	}

	/** Puts finished answers out to be sent, in place of the draft. @returns what waits now */
	async out(payload: Payload): Promise<Waiting> {
		await this.flush();
		const waiting = { ...this.#ofForm, kind: 'waiting' as const, id: newName(), errand: 'answers' as const, action: this.#page.action, madeAt: Date.now(), sent: [], says: {}, tries: 0, refused: null };
		const files = payload.map(([name, file]) => (file.name === name ? file : new File([file], name, { type: file.type })));
		const put = await putOut(this.#room.vault, waiting, files, this.draft);
		this.end();
		await this.#room.changed();
		return put;
	}

	/** Puts out that somebody declined. */
	async declined(says: Waiting['says']): Promise<Waiting> {
		const waiting = { ...this.#ofForm, kind: 'waiting' as const, id: newName(), errand: 'refusal' as const, action: this.#page.refusalAction, madeAt: Date.now(), sent: [], says, tries: 0, refused: null };
		const put = await putOut(this.#room.vault, waiting, [], undefined);
		await this.#room.changed();
		return put;
	}

	/** Takes the draft off the device. */
	async discard(): Promise<void> {
		await this.flush();
		const { draft } = this;
		this.end();
		if (draft) await drop(this.#room.vault, draft);
		await this.#room.changed();
	}

	/** This page is done with the draft; whatever is kept of it stays. */
	end(): void {
		clearTimeout(this.#timer);
		this.#filling = undefined;
		this.draft = undefined;
		this.state = 'nothing';
		this.savedAt = undefined;
		this.#release?.();
		this.#release = undefined;
		sessionStorage.removeItem(this.#mark);
	}
}

/**
 * Carries together what is asked for at the same time, where one errand for many costs little more than one for each. The first
 * of a kind goes at once; what comes while an errand of its kind is under way goes together with the next. So nobody waits for
 * others who may not come.
 *
 * When an errand for several fails, each of them is carried alone: nobody fails for what another asked.
 *
 * @param carry carries items of one kind, all or none, and answers for each in their order
 * @param most items of one errand
 * @returns asks for one item of a kind, and has the answer, or the error, to it
 */
export function gathering<Item, Answer>(carry: (items: readonly Item[]) => Promise<readonly Answer[]>, most: number): (kind: string, item: Item) => Promise<Answer> {
	type Asked = { readonly item: Item; readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void };
	/** What waits, of each kind of which an errand is under way. */
	const kinds = new Map<string, Asked[]>();

	async function errand(asked: readonly Asked[]): Promise<void> {
		try {
			const answers = await carry(asked.map(({ item }) => item));
			if (answers.length !== asked.length) throw new Error('an errand answers for each');
			for (const [n, answer] of answers.entries()) asked[n]?.resolve(answer);
		} catch (error) {
			const [only] = asked;
			if (asked.length === 1) only?.reject(error);
			else for (const one of asked) await errand([one]);
		}
	}

	async function errands(kind: string, waiting: Asked[]): Promise<void> {
		while (waiting.length > 0) await errand(waiting.splice(0, most));
		kinds.delete(kind);
	}

	return (kind, item) =>
		new Promise((resolve, reject) => {
			const asked = { item, resolve, reject };
			const waiting = kinds.get(kind);
			if (waiting) return void waiting.push(asked);
			const first = [asked];
			kinds.set(kind, first);
			void errands(kind, first);
		});
}

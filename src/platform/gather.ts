/** How much goes together, and how many errands are under way at once. */
export type Gathering = { readonly errands: number; readonly items: number };

/**
 * Carries together what is asked for at the same time, where one errand for many costs little more than one for each. The first
 * of a kind goes at once; what comes while as many errands of the kind as `errands` allows are under way goes together with the
 * next. So nobody waits for others who may not come.
 *
 * When an errand for several fails, each of them is carried alone: nobody fails for what another asked.
 *
 * @param carry carries items of one kind, all or none, and answers for each in their order
 * @returns asks for one item of a kind, and has the answer, or the error, to it
 */
export function gathering<Item, Answer>(carry: (items: readonly Item[]) => Promise<readonly Answer[]>, { errands, items: most }: Gathering): (kind: string, item: Item) => Promise<Answer> {
	type Asked = { readonly item: Item; readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void };
	const kinds = new Map<string, { readonly waiting: Asked[]; under: number }>();

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

	return (kind, item) =>
		new Promise((resolve, reject) => {
			const at = kinds.get(kind) ?? { waiting: [], under: 0 };
			kinds.set(kind, at);
			at.waiting.push({ item, resolve, reject });
			if (at.under >= errands) return;
			at.under++;
			void (async () => {
				while (at.waiting.length > 0) await errand(at.waiting.splice(0, most));
				at.under--;
				if (at.under === 0) kinds.delete(kind);
			})();
		});
}

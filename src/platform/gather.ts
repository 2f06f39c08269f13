/**
 * Carries together what is asked for at the same time, where one errand for many costs little more than one for each. The first
 * of a kind go at once; what comes while as many errands of its kind are under way as may be goes together with the next. So nobody
 * waits for others who may not come.
 *
 * When an errand for several fails, each of them is carried alone: nobody fails for what another asked.
 *
 * @param carry carries items of one kind, all or none, and answers for each in their order
 * @param limits `together`: items of one errand at most; `atOnce`: errands of one kind that may be under way
 * @returns asks for one item of a kind, and has the answer, or the error, to it
 */
export function gathering<Item, Answer>(
	carry: (items: readonly Item[]) => Promise<readonly Answer[]>,
	limits: { readonly together: number; readonly atOnce: number }
): (kind: string, item: Item) => Promise<Answer> {
	type Asked = { readonly item: Item; readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void };
	type Kind = { under: number; readonly waiting: Asked[] };
	const kinds = new Map<string, Kind>();

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

	async function errands(name: string, kind: Kind): Promise<void> {
		kind.under += 1;
		while (kind.waiting.length > 0) await errand(kind.waiting.splice(0, limits.together));
		kind.under -= 1;
		if (kind.under === 0) kinds.delete(name);
	}

	return (name, item) =>
		new Promise((resolve, reject) => {
			const kind = kinds.get(name) ?? { under: 0, waiting: [] };
			kinds.set(name, kind);
			kind.waiting.push({ item, resolve, reject });
			if (kind.under < limits.atOnce) void errands(name, kind);
		});
}

import type { Condition, Query, Split } from '#modules/assessment/figures/query.ts';
import { otherKey } from '#modules/assessment/figures/tally.ts';
import type { Variable } from '#modules/assessment/figures/variables.ts';
import { nextDay } from '#platform/today.ts';
import { choicesFor, choicesIn, unscaled, type Coded } from './coded.ts';
import type { Covered } from './boxes.ts';
import { nobody, type Axes, type Expression, type Mark } from './expression.ts';
import { nextMonth } from './starts.ts';

/** What formulas about a round's people lean on; plain data, so that it can be sent to another thread. */
export type Ground = {
	readonly variables: readonly Variable[];
	/** Every place with those it lies in, itself first. */
	readonly places: readonly { readonly id: string; readonly within: readonly string[] }[];
	/** Milliseconds at which days and months begin in the programme's time zone, by `2026-03-08` and `2026-03`. */
	readonly starts: Readonly<Record<string, number>>;
};

/** A formula that cannot be told apart well enough from others: nothing is published on a guess. */
export class Unclear extends Error {}

const blank = '@blank';
const notAsked = '@not';
const other = '@other';
const given = '@given';

/** What everybody knows of answers because they know the form. */
export type Form = {
	/** Whether answers are as the form asks for them: questions that nothing decides about are asked, and lists are all that there is. */
	readonly kept: boolean;
	/** Whether required questions are answered by all who are asked them, and who is asked a question is asked all that stand under no further condition. */
	readonly answered: boolean;
	/** Whether everybody is at a place. */
	readonly placed: boolean;
	/** Questions to which answers have been published that stand on no list. */
	readonly open: ReadonlySet<string>;
};

/** Formulas about the people of one population: the submissions of a round, or the instances of one of its repeats. */
export class Groups {
	readonly #axes: Axes;
	readonly #ground: Ground;
	readonly #level: string;
	readonly #form: Form;
	/** What keys of rows and groups stand for, where the figure is one side of a comparison. */
	readonly #coded: Coded;
	/** Questions asked about by whether any instance answered so. */
	readonly #inside: Map<string, string>;
	/** Questions with several answers that were asked about, and which of their choices. */
	readonly ticked: Map<string, Set<string>>;

	/** @param of whose axes and questions asked so far are shared */
	constructor(axes: Axes, ground: Ground, level: string, form: Form, coded: Coded = {}, of?: Groups) {
		this.#axes = axes;
		this.#ground = ground;
		this.#level = level;
		this.#form = form;
		this.#coded = coded;
		this.#inside = of ? of.#inside : new Map<string, string>();
		this.ticked = of ? of.ticked : new Map<string, Set<string>>();
	}

	/** The same people, with rows and groups that stand for what a comparison takes together. */
	as(coded: Coded): Groups {
		return new Groups(this.#axes, this.#ground, this.#level, this.#form, coded, this);
	}

	variable(path: string): Variable {
		const found = this.#ground.variables.find((each) => each.path === path);
		if (!found) throw new Unclear(path);
		return found;
	}

	/** Those for whom a figure's filter holds. @throws Unclear */
	where(condition: Condition | null): Expression {
		if (condition === null) return { all: [] };
		if ('all' in condition) return { all: condition.all.map((each) => this.where(each)) };
		if ('any' in condition) return { any: condition.any.map((each) => this.where(each)) };
		if ('not' in condition) return { not: this.where(condition.not) };
		if ('places' in condition) return this.within(condition.places);
		if (!('answer' in condition) && !('answered' in condition)) {
			const { receivedFrom, receivedTo } = condition;
			return this.received(receivedFrom === undefined ? null : this.#start(receivedFrom, 0), receivedTo === undefined ? null : this.#start(receivedTo, 1));
		}
		const variable = this.variable('answer' in condition ? condition.answer : condition.answered);
		const around = variable.repeats.at(-1) ?? '';
		if (around !== '' && around !== this.#level && !this.#level.startsWith(`${around}/`)) return this.#anyInside(variable, condition);
		if ('answered' in condition) return this.#answered(variable);
		if ('is' in condition) return this.any(variable, condition.is.filter((key) => variable.options.some((option) => option.key === key)));
		return this.number(variable, condition.from === undefined ? null : [condition.from, 0], condition.to === undefined ? null : [condition.to, 1]);
	}

	/** Those who gave one of these choices. */
	any(variable: Variable, keys: readonly string[]): Expression {
		if (variable.kind !== 'choices') return this.#choice(variable, keys.map((key) => (key === otherKey ? other : key)));
		const ticked = keys.map((key) => this.ticks(variable, key));
		const [only] = ticked;
		return ticked.length === 1 && only ? only : ticked.length === 0 ? nobody : { any: ticked };
	}

	/** Whom a figure's shares are of. */
	base(query: Query): Expression {
		const variable = this.variable(query.of);
		const asked = query.base === 'asked';
		const weighed: Expression[] = query.weight === null ? [] : [this.number(this.variable(query.weight), [0, 1], null)];
		return { all: [...weighed, ...this.#usable(variable, query, asked)] };
	}

	/** Those whose numbers a mean, median or sum is made of. */
	values(query: Query): Expression {
		const weighed: Expression[] = query.weight === null ? [] : [this.number(this.variable(query.weight), [0, 1], null)];
		return { all: [...weighed, ...this.#usable(this.variable(query.of), query, false)] };
	}

	/** Those who stand in a row of a figure, beside being in its base: who refused is in none, also where the base is all who were asked. */
	row(query: Query, key: string): Expression {
		const variable = this.variable(query.of);
		const chosen = (keys: readonly string[]): Expression => this.any(variable, choicesFor(this.#coded, variable.path, keys));
		const says = (): Expression => {
			if (key === '@any') return chosen(query.anyOf ?? []);
			if (key === '@answered') return this.#answered(variable, false);
			return variable.kind === 'number' ? this.#band(variable, query.bands, Number(key)) : chosen([key]);
		};
		return query.refused.length === 0 ? says() : { all: [...this.#usable(variable, query, false), says()] };
	}

	/** Those in a group of a split. @throws Unclear */
	group(split: Split, key: string): Expression {
		if (split.by === 'month') return this.received(this.#start(key, 0), this.#start(nextMonth(key), 0));
		if (split.by === 'place') return split.level === 'exact' ? this.#place([key]) : this.within([key]);
		const variable = this.variable(split.path);
		return variable.kind === 'number' ? this.#band(variable, split.bands, Number(key)) : this.#choice(variable, choicesFor(this.#coded, variable.path, [key]).map((code) => (code === otherKey ? other : code)));
	}

	within(wanted: readonly string[]): Expression {
		return this.#place(this.#ground.places.filter((place) => place.within.some((id) => wanted.includes(id))).map((place) => place.id));
	}

	received(from: Mark | null, to: Mark | null): Expression {
		return this.#axes.between('time', [], from, to);
	}

	number(variable: Variable, from: Mark | null, to: Mark | null): Expression {
		const at = (mark: Mark | null): Mark | null => (mark && variable.whole ? nextWhole(mark) : mark);
		return this.#axes.between(`n:${variable.path}`, this.#without(variable), at(from), at(to));
	}

	/** Choices of the list ticked by those who gave none of it: there are none, and everybody knows it. */
	impossible(): Expression[] {
		return [...this.ticked].flatMap(([path, keys]) => {
			const states = this.#states(this.variable(path));
			const without = (key: string): Expression => this.#axes.among(`s:${path}`, states, key === otherKey ? [blank, notAsked] : [other, blank, notAsked]);
			return [...keys].map((key): Expression => ({ all: [without(key), this.#ticked(path, key)] }));
		});
	}

	/** Who gave something of a list ticked one of its choices: told where figures tell of all of them. */
	covers(): Covered[] {
		return [...this.ticked].flatMap(([path, keys]) => {
			const variable = this.variable(path);
			const listed = variable.options.map((option) => option.key);
			if (!listed.every((key) => keys.has(key))) return [];
			return [{ of: this.#axes.among(`s:${path}`, this.#states(variable), [given]), by: listed.map((key) => this.#ticked(path, key)) }];
		});
	}

	/**
	 * Groups of nobody, by what has to hold for these questions to be asked: one axis for all questions that stand under the same conditions says
	 * whether these hold, so that questions are tied to it and not each to every other.
	 * @param paths the questions that figures are about, split by, filtered or weighed by
	 */
	unasked(paths: readonly string[]): Expression[] {
		if (!this.#form.answered) return [];
		const variables = [...new Set(paths)].sort().map((path) => this.variable(path)).filter(({ always }) => !always);
		return [...Map.groupBy(variables, ({ repeats }) => repeats.join('\n')).values()].filter((own) => own.length > 1).flatMap((own) => {
			const gates = Map.groupBy(own, ({ gate }) => [...gate].sort().join('\n'));
			const lists = [...gates.values()].map(([first]) => new Set(first?.gate));
			const holds = (gate: Gate, yes = true): Expression => this.#axes.among(`a:${own[0]?.repeats.join('\n')}\n${[...gate].sort().join('\n')}`, ['1', '0'], [yes ? '1' : '0']);
			const answers = [...gates.values()].flatMap((tied, i) => tied.flatMap((variable) => [true, false].map((yes): Expression => ({ all: [holds(lists[i] ?? new Set(), yes), this.#asked(variable, !yes)] }))));
			return [...answers, ...implied(lists).map(([from, to]): Expression => ({ all: [...from.map((gate) => holds(gate)), holds(to, false)] }))];
		});
	}

	#asked(variable: Variable, asked: boolean): Expression {
		const { path, kind, options } = variable;
		if (kind === 'choice') return this.#choice(variable, asked ? [...options.map((option) => option.key), other, blank] : [notAsked]);
		if (kind !== 'number' && kind !== 'date') return this.#axes.among(`s:${path}`, this.#states(variable), asked ? [given, other, blank] : [notAsked]);
		const not = this.#axes.without(`n:${path}`, this.#without(variable), [notAsked]);
		return asked ? { not } : not;
	}

	ticks(variable: Variable, key: string): Expression {
		this.ticked.set(variable.path, (this.ticked.get(variable.path) ?? new Set()).add(key));
		return this.#ticked(variable.path, key);
	}

	#ticked(path: string, key: string): Expression {
		return this.#axes.among(`o:${path}=${key}`, ['1', '0'], ['1']);
	}

	/** Codes of who has no answer from the list, or no number. */
	#without({ path, calculated, always, required }: Variable): string[] {
		const { kept, answered, open } = this.#form;
		return [...(kept && !calculated && !open.has(path) ? [] : [other]), ...(answered && required ? [] : [blank]), ...(kept && always ? [] : [notAsked])];
	}

	/** Something of the list (or anything, where there is none) was given, only something else, nothing, or it was not asked. */
	#states(variable: Variable): string[] {
		return [given, ...this.#without(variable)];
	}

	#place(ids: readonly string[]): Expression {
		return this.#axes.among('@place', [...this.#ground.places.map((place) => place.id), ...(this.#form.placed ? [] : [notAsked])], ids);
	}

	#choice(variable: Variable, codes: readonly string[]): Expression {
		return this.#axes.among(`q:${variable.path}`, [...variable.options.map((option) => option.key), ...this.#without(variable)], codes);
	}

	/** @param unlisted whether what is not on the list, or no number, counts as an answer */
	#answered(variable: Variable, unlisted = true): Expression {
		const { path, kind, options } = variable;
		if (kind === 'choice') return this.#choice(variable, [...options.map((option) => option.key), other]);
		if (kind === 'number' || kind === 'date') {
			const numbered = this.#axes.between(`n:${path}`, this.#without(variable), null, null);
			return unlisted ? { not: this.#axes.without(`n:${path}`, this.#without(variable), [blank, notAsked]) } : numbered;
		}
		return this.#axes.among(`s:${path}`, this.#states(variable), unlisted ? [given, other] : [given]);
	}

	/** Parts that together say who counts: the answer can be used, and was no refusal, and stands in a category; with `asked` everybody who was asked. */
	#usable(variable: Variable, { refused }: Query, asked: boolean): Expression[] {
		const { path, kind, options } = variable;
		const counted = choicesIn(this.#coded, path);
		if (kind === 'choice') {
			const codes = [...options.map((option) => option.key), other];
			const counts = (key: string): boolean => !refused.includes(key) && (counted === null || counted.includes(key));
			return [this.#choice(variable, asked ? [...codes, blank] : codes.filter((code) => counts(code === other ? otherKey : code)))];
		}
		if (kind === 'number' || kind === 'date') {
			if (asked) return [{ not: this.#axes.without(`n:${path}`, this.#without(variable), [notAsked]) }];
			const points = refused.map(Number).filter(Number.isFinite);
			const kept: Expression[] = points.map((point) => ({ not: this.number(variable, [point, 0], [point, 1]) }));
			return [{ all: [this.number(variable, null, null), ...kept] }];
		}
		if (kind !== 'choices') return [this.#axes.among(`s:${path}`, this.#states(variable), asked ? [given, other, blank] : [given])];
		const said = this.#axes.among(`s:${path}`, this.#states(variable), asked ? [given, other, blank] : [given, other]);
		if (asked) return [said];
		const kept = refused.map((key): Expression => ({ not: this.ticks(variable, key) }));
		if (counted === null) return [said, ...kept];
		return [options.every(({ key }) => counted.includes(key)) ? this.#axes.among(`s:${path}`, this.#states(variable), [given]) : this.any(variable, counted), ...kept];
	}

	#band(variable: Variable, starts: readonly number[], band: number): Expression {
		const [from, to] = [starts[band - 1], starts[band]].map((start) => (start === undefined ? undefined : unscaled(this.#coded, variable.path, start)));
		return this.number(variable, from === undefined ? null : [from, 0], to === undefined ? null : [to, 0]);
	}

	/** Whether any instance of a repeat is so. Different such questions about one repeat's question are not told apart. */
	#anyInside(variable: Variable, condition: Condition): Expression {
		const key = JSON.stringify(condition);
		const before = this.#inside.get(variable.path);
		if (before !== undefined && before !== key) throw new Unclear(variable.path);
		this.#inside.set(variable.path, key);
		return this.#axes.among(`any:${variable.path}`, ['1', '0'], ['1']);
	}

	#start(day: string, later: 0 | 1): Mark {
		const name = later === 1 ? nextDay(day) : day;
		const at = this.#ground.starts[name];
		if (at === undefined) throw new Unclear(name);
		return [at, 0];
	}
}

/** The first whole number that does not lie before a mark: nobody stands between. */
const nextWhole = ([value, side]: Mark): Mark => [side === 1 ? Math.floor(value) + 1 : Math.ceil(value), 0];

/** What has to hold for a question to be asked, each condition by itself. */
type Gate = ReadonlySet<string>;

/** Of lists of conditions: where one, or two together, have all conditions of another. What follows from others of these is left out. */
function implied(gates: readonly Gate[]): [from: readonly Gate[], to: Gate][] {
	return gates.flatMap((to) => {
		const all = gates.filter((gate) => gate !== to && to.isSubsetOf(gate));
		const single = all.filter((gate) => !all.some((other) => other !== gate && other.isSubsetOf(gate))).map((gate): [Gate[], Gate] => [[gate], to]);
		const parts = gates.filter((gate) => gate !== to && !all.includes(gate) && !gate.isDisjointFrom(to));
		const double = parts.flatMap((one, i) => parts.slice(i + 1).filter((other) => to.isSubsetOf(one.union(other))).map((other): [Gate[], Gate] => [[one, other], to]));
		return [...single, ...double];
	});
}

import { attackSchema, protectSchema, type ProtectDocument } from '#disclosure/document.ts';
import { attack, protect } from '#disclosure/release.ts';

/** One measured release: how large, how long to protect it and to attack it, what was kept and what the attack recovered. */
export type Measured = { readonly what: string; readonly cells: number; readonly seconds: number; readonly kept: number; readonly recovered: number; readonly same: boolean };

/** A stream of numbers that is the same every time. */
function stream(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

const names = (count: number, letter: string): string[] => Array.from({ length: count }, (_, i) => `${letter}${String(i).padStart(4, '0')}`);

/** People of 14 regions by 8 services and 3 ages, some regions and services larger than others. */
export function regionsTable(seed: number, mean: number): ProtectDocument {
	const next = stream(seed);
	const lists = [names(14, 'region'), names(8, 'service'), names(3, 'age')];
	const size = lists.map((list) => list.map(() => 0.4 + 1.2 * next()));
	const cells = (lists[0] ?? []).flatMap((region, i) =>
		(lists[1] ?? []).flatMap((service, j) =>
			(lists[2] ?? []).map((age, k) => {
				const expected = mean * (size[0]?.[i] ?? 1) * (size[1]?.[j] ?? 1) * (size[2]?.[k] ?? 1);
				return { at: [region, service, age], value: Math.floor(expected * (0.5 + next()) + next()) };
			})
		)
	);
	return protectSchema.parse({ format: 'hamkor-disclosure-1', tables: [{ id: 'T', dimensions: ['region', 'service', 'age'], cells }] });
}

/** Small areas in districts in regions, by four variables that are published as four tables of the same people. */
export function areasTables(seed: number, areas: number): ProtectDocument {
	const next = stream(seed);
	const codes = names(areas, 'area');
	const districts = names(Math.ceil(areas / 15), 'district');
	const regions = names(14, 'region');
	const groups: Record<string, string[]> = {};
	codes.forEach((code, i) => (groups[districts[Math.floor(i / 15)] ?? ''] ??= []).push(code));
	districts.forEach((district, i) => (groups[regions[i % 14] ?? ''] ??= []).push(district));
	const people = codes.map(() => 10 + Math.floor(60 * next()));
	const tables = ['sex', 'age', 'service', 'waiting'].map((variable, v) => {
		const answers = names(v === 0 ? 2 : 3, variable);
		const leaf = new Map(
			codes.flatMap((code, i) => {
				const split = answers.map(() => 0.3 + next());
				const whole = split.reduce((sum, part) => sum + part, 0);
				let left = people[i] ?? 0;
				return answers.map((answer, a): [string, number] => {
					const value = a === answers.length - 1 ? left : Math.min(left, Math.round(((people[i] ?? 0) * (split[a] ?? 0)) / whole));
					left -= value;
					return [`${code}/${answer}`, value];
				});
			})
		);
		const leaves = (place: string): string[] => groups[place]?.flatMap(leaves) ?? [place];
		const cells = [...codes, ...Object.keys(groups)].flatMap((place) =>
			answers.map((answer) => ({ at: [place, answer], value: leaves(place).reduce((sum, area) => sum + (leaf.get(`${area}/${answer}`) ?? 0), 0) }))
		);
		return { id: variable, dimensions: ['place', variable], cells };
	});
	return protectSchema.parse({ format: 'hamkor-disclosure-1', dimensions: [{ name: 'place', codes, groups }], tables });
}

/** Protects a document twice and attacks the result. */
export async function measure(what: string, document: ProtectDocument): Promise<Measured> {
	const start = performance.now();
	const protection = await protect(document);
	const { format, dimensions, tables, report } = protection;
	const found = await attack(attackSchema.parse({ format, dimensions, tables }));
	const seconds = (performance.now() - start) / 1000;
	const same = JSON.stringify(await protect(document)) === JSON.stringify(protection);
	return { what, cells: report.cells, seconds, kept: report.kept, recovered: found.exposed, same };
}

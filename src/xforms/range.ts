import type { ChoiceLists, FormNode } from './form.ts';
import { allowParameters, isNumber, type Parameters } from './parameters.ts';
import { refuse, type Place } from './refusal.ts';

const ACCEPTED = ['end', 'placeholder', 'start', 'step', 'tick_interval', 'tick_labelset'];
const SPECIAL = ['tick_interval', 'placeholder', 'tick_labelset'];
const APPEARANCES = ['vertical', 'no-ticks', 'vertical no-ticks', 'no-ticks vertical'];

/**
 * Completes a `range` question: its control's attributes, its data type, and the labels of its ticks.
 * All rules are those of the ODK XForms specification's range control.
 *
 * @throws Refusal `range.*` or `parameters.unknown`
 */
export function completeRange(node: FormNode, parameters: Parameters, choices: ChoiceLists, place: Place): void {
	allowParameters(parameters, ACCEPTED, place);
	const appearance = node.control['appearance'];
	if (appearance !== undefined && !APPEARANCES.includes(appearance) && SPECIAL.some((name) => name in parameters)) {
		refuse('range.appearance', place, { appearance });
	}
	const number = (name: string, fallback?: string): Decimal | undefined => {
		const text = parameters[name] ?? fallback;
		if (text === undefined) return undefined;
		return isNumber(text) ? decimal(text) : refuse('range.number', place, { name });
	};
	const start = number('start', '1') ?? decimal('1');
	const end = number('end', '10') ?? decimal('10');
	const step = number('step', '1') ?? decimal('1');
	const interval = number('tick_interval');
	const placeholder = number('placeholder');
	const scale: Scale = { start, end, step, interval, place };

	checkStep(scale, 'step', step);
	if (interval !== undefined) {
		checkStep(scale, 'tick_interval', interval);
		if (!isMultiple(interval, step)) refuse('range.multiple', place, { name: 'tick_interval' });
	}
	if (placeholder !== undefined) {
		if (!isMultiple(minus(placeholder, start), step)) refuse('range.multiple', place, { name: 'placeholder' });
		if (!isWithin(placeholder, scale)) refuse('range.outside', place, { name: 'placeholder' });
	}
	const list = parameters['tick_labelset'];
	if (list !== undefined && list !== '') {
		checkLabels(list, choices, scale, (appearance ?? '').split(' ').includes('no-ticks'));
		node.itemset = list;
	}
	if ([start, end, step, interval, placeholder].some((each) => each !== undefined && !isWhole(each))) node.bind['type'] = 'decimal';
	node.control['start'] = parameters['start'] ?? '1';
	node.control['end'] = parameters['end'] ?? '10';
	node.control['step'] = parameters['step'] ?? '1';
	if (interval !== undefined) node.control['odk:tick-interval'] = parameters['tick_interval'] ?? '';
	if (placeholder !== undefined) node.control['odk:placeholder'] = parameters['placeholder'] ?? '';
}

type Scale = {
	readonly start: Decimal;
	readonly end: Decimal;
	readonly step: Decimal;
	readonly interval: Decimal | undefined;
	readonly place: Place;
};

function checkStep(scale: Scale, name: string, step: Decimal): void {
	if (sign(step) === 0) refuse('range.zero', scale.place, { name });
	const width = minus(scale.end, scale.start);
	const absolute = sign(width) < 0 ? minus(scale.start, scale.end) : width;
	if (sign(minus(step, absolute)) > 0) refuse('range.too-wide', scale.place, { name });
}

function checkLabels(list: string, choices: ChoiceLists, scale: Scale, noTicks: boolean): void {
	const fail = (detail: string): never => refuse('range.labels', scale.place, { list, detail });
	const labels = choices.get(list) ?? fail('there is no such choice list');
	const values = new Set<string>();
	for (const choice of labels) {
		if (!isNumber(choice.name)) fail('their names must be numbers');
		const value = decimal(choice.name);
		if (!isWithin(value, scale)) fail("they must lie between 'start' and 'end'");
		const spacing = scale.interval ?? scale.step;
		if (!isMultiple(minus(value, scale.start), spacing)) fail('they must stand on a tick');
		values.add(normal(value));
	}
	if (!noTicks) return;
	if (values.size > 2) fail('without ticks there are only two');
	const ends = new Set([normal(scale.start), normal(scale.end)]);
	if (values.size !== ends.size || [...ends].some((each) => !values.has(each))) fail("without ticks they are 'start' and 'end'");
}

/** An exact decimal number, `digits / 10^places`: 0.3 must be a multiple of 0.1. */
type Decimal = { readonly digits: bigint; readonly places: number };

function decimal(text: string): Decimal {
	const [mantissa = '', exponent = '0'] = text.trim().toLowerCase().split('e');
	const [whole = '', fraction = ''] = mantissa.split('.');
	const places = fraction.length - Number(exponent);
	const digits = BigInt(`${whole.replace('+', '')}${fraction}` || '0');
	// Nobody writes a scale in 1e300; beyond this the figures would only cost time.
	if (Math.abs(places) > 60) return { digits: 0n, places: 0 };
	return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
	const places = Math.max(a.places, b.places);
	return [a.digits * 10n ** BigInt(places - a.places), b.digits * 10n ** BigInt(places - b.places), places];
}

function minus(a: Decimal, b: Decimal): Decimal {
	const [left, right, places] = aligned(a, b);
	return { digits: left - right, places };
}

function isMultiple(value: Decimal, of: Decimal): boolean {
	const [left, right] = aligned(value, of);
	return right !== 0n && left % right === 0n;
}

function sign(value: Decimal): number {
	return value.digits === 0n ? 0 : value.digits < 0n ? -1 : 1;
}

function isWhole(value: Decimal): boolean {
	return value.digits % 10n ** BigInt(value.places) === 0n;
}

function isWithin(value: Decimal, { start, end }: Scale): boolean {
	return sign(minus(value, start)) * sign(minus(value, end)) <= 0;
}

/** One spelling for equal numbers: 1.50 and 1.5. */
function normal(value: Decimal): string {
	let { digits, places } = value;
	while (places > 0 && digits % 10n === 0n) {
		digits /= 10n;
		places -= 1;
	}
	return `${digits}e-${places}`;
}

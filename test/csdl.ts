import { SaxesParser } from 'saxes';

/**
 * What is wrong with a metadata document, by the rules of OData CSDL XML 4.0 (OASIS, 2014): elements where they may stand and in
 * their order, attributes, names that are identifiers and unlike each other, types, keys, facets, and paths that lead somewhere.
 */
export function csdlProblems(xml: string): string[] {
	const problems: string[] = [];
	const root = tree(xml);
	outline(root, problems);
	const schema = child(root, 'DataServices') && child(child(root, 'DataServices'), 'Schema');
	if (schema) new SchemaCheck(schema, problems).run();
	return problems;
}

type Element = { name: string; uri: string; attributes: Record<string, string>; children: Element[] };

function tree(xml: string): Element {
	const parser = new SaxesParser({ xmlns: true });
	const top: Element = { name: '', uri: '', attributes: {}, children: [] };
	const open = [top];
	parser.on('opentag', ({ local, uri, attributes }) => {
		const named = Object.entries(attributes).filter(([, each]) => each.uri !== 'http://www.w3.org/2000/xmlns/' && each.name !== 'xmlns');
		const element: Element = { name: local, uri, attributes: Object.fromEntries(named.map(([name, each]) => [name, each.value])), children: [] };
		open.at(-1)?.children.push(element);
		open.push(element);
	});
	parser.on('closetag', () => void open.pop());
	parser.on('error', (error) => {
		throw error;
	});
	parser.write(xml).close();
	const [root] = top.children;
	if (!root) throw new Error('no element');
	return root;
}

const child = (element: Element | undefined, name: string): Element | undefined => element?.children.find((each) => each.name === name);
const all = (element: Element, name: string): Element[] => element.children.filter((each) => each.name === name);

const edmx = 'http://docs.oasis-open.org/odata/ns/edmx';
const edm = 'http://docs.oasis-open.org/odata/ns/edm';

/** What may stand inside what, in this order; `needed` and `may` are attributes. */
const grammar: Readonly<Record<string, { uri: string; inside: readonly string[]; needed: readonly string[]; may?: readonly string[] }>> = {
	Edmx: { uri: edmx, inside: ['DataServices'], needed: ['Version'] },
	DataServices: { uri: edmx, inside: ['Schema'], needed: [] },
	Schema: { uri: edm, inside: ['ComplexType', 'EntityType', 'EntityContainer'], needed: ['Namespace'] },
	ComplexType: { uri: edm, inside: ['Property', 'NavigationProperty'], needed: ['Name'] },
	EntityType: { uri: edm, inside: ['Key', 'Property', 'NavigationProperty'], needed: ['Name'] },
	Key: { uri: edm, inside: ['PropertyRef'], needed: [] },
	PropertyRef: { uri: edm, inside: [], needed: ['Name'] },
	Property: { uri: edm, inside: [], needed: ['Name', 'Type'], may: ['Nullable', 'Precision'] },
	NavigationProperty: { uri: edm, inside: [], needed: ['Name', 'Type'] },
	EntityContainer: { uri: edm, inside: ['EntitySet'], needed: ['Name'] },
	EntitySet: { uri: edm, inside: ['NavigationPropertyBinding'], needed: ['Name', 'EntityType'] },
	NavigationPropertyBinding: { uri: edm, inside: [], needed: ['Path', 'Target'] }
};

function outline(element: Element, problems: string[]): void {
	const rule = grammar[element.name];
	if (!rule || element.uri !== rule.uri) return void problems.push(`unknown element ${element.uri}#${element.name}`);
	for (const name of rule.needed) if (element.attributes[name] === undefined) problems.push(`${element.name} without ${name}`);
	for (const name of Object.keys(element.attributes)) if (![...rule.needed, ...(rule.may ?? [])].includes(name)) problems.push(`${element.name} with ${name}`);
	let at = 0;
	for (const inner of element.children) {
		const place = rule.inside.indexOf(inner.name);
		if (place < 0) problems.push(`${inner.name} inside ${element.name}`);
		else if (place < at) problems.push(`${inner.name} after ${rule.inside[at] ?? ''} in ${element.name}`);
		else at = place;
		outline(inner, problems);
	}
	if (element.name === 'Edmx' && element.attributes['Version'] !== '4.0') problems.push('a version that is not 4.0');
	if (['Edmx', 'DataServices', 'Key'].includes(element.name) && element.children.length !== 1) problems.push(`${element.name} with ${element.children.length} parts`);
}

const identifier = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u;
const primitive = new Set(['Edm.Binary', 'Edm.Boolean', 'Edm.Byte', 'Edm.Date', 'Edm.DateTimeOffset', 'Edm.Decimal', 'Edm.Double', 'Edm.Duration', 'Edm.Guid', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64', 'Edm.SByte', 'Edm.Single', 'Edm.String', 'Edm.TimeOfDay']);
/** Types that a key may not have. */
const noKey = new Set(['Edm.Binary', 'Edm.Double', 'Edm.Single']);

class SchemaCheck {
	readonly #schema: Element;
	readonly #problems: string[];
	readonly #namespace: string;

	constructor(schema: Element, problems: string[]) {
		this.#schema = schema;
		this.#problems = problems;
		this.#namespace = schema.attributes['Namespace'] ?? '';
	}

	run(): void {
		if (!this.#namespace.split('.').every((part) => identifier.test(part)) || ['Edm', 'odata', 'System', 'Transient'].includes(this.#namespace)) this.#say('no namespace', this.#namespace);
		this.#names('the schema', this.#schema.children);
		for (const type of [...all(this.#schema, 'ComplexType'), ...all(this.#schema, 'EntityType')]) this.#type(type);
		const containers = all(this.#schema, 'EntityContainer');
		if (containers.length !== 1) this.#say('containers', String(containers.length));
		for (const container of containers) this.#container(container);
	}

	#say(what: string, where: string): void {
		this.#problems.push(`${what}: ${where}`);
	}

	/** Names of one scope: identifiers, and none twice. */
	#names(scope: string, elements: readonly Element[]): void {
		const seen = new Set<string>();
		for (const { attributes } of elements) {
			const name = attributes['Name'] ?? '';
			if (!identifier.test(name)) this.#say('no identifier', `${name} in ${scope}`);
			if (seen.has(name)) this.#say('twice', `${name} in ${scope}`);
			seen.add(name);
		}
	}

	#named(kind: string, qualified: string): Element | undefined {
		return all(this.#schema, kind).find((each) => `${this.#namespace}.${each.attributes['Name'] ?? ''}` === qualified);
	}

	#type(type: Element): void {
		const name = type.attributes['Name'] ?? '';
		const properties = all(type, 'Property');
		const leads = all(type, 'NavigationProperty');
		this.#names(name, [...properties, ...leads]);
		for (const each of properties) this.#property(name, each);
		for (const { attributes } of leads) {
			const to = /^Collection\((.*)\)$/.exec(attributes['Type'] ?? '')?.[1] ?? attributes['Type'] ?? '';
			if (!this.#named('EntityType', to)) this.#say('leads nowhere', `${name}/${attributes['Name'] ?? ''}`);
		}
		if (type.name !== 'EntityType') return;
		const keys = all(type, 'Key').flatMap((key) => all(key, 'PropertyRef'));
		if (keys.length === 0) this.#say('no key', name);
		for (const { attributes } of keys) {
			const property = properties.find((each) => each.attributes['Name'] === attributes['Name']);
			if (!property) this.#say('a key that is no property', name);
			else if (property.attributes['Nullable'] !== 'false' || noKey.has(property.attributes['Type'] ?? '')) this.#say('no property for a key', name);
		}
	}

	#property(type: string, { attributes }: Element): void {
		const where = `${type}/${attributes['Name'] ?? ''}`;
		const of = attributes['Type'] ?? '';
		if (!primitive.has(of) && !this.#named('ComplexType', of)) this.#say('unknown type', `${where} ${of}`);
		if (attributes['Nullable'] !== undefined && !['true', 'false'].includes(attributes['Nullable'])) this.#say('nullable', where);
		const precision = attributes['Precision'];
		if (precision !== undefined && !(/^\d+$/.test(precision) && Number(precision) <= 12 && ['Edm.DateTimeOffset', 'Edm.Duration', 'Edm.TimeOfDay'].includes(of))) this.#say('precision', where);
	}

	#container(container: Element): void {
		const sets = all(container, 'EntitySet');
		this.#names('the container', sets);
		for (const set of sets) {
			const name = set.attributes['Name'] ?? '';
			const type = this.#named('EntityType', set.attributes['EntityType'] ?? '');
			if (!type) {
				this.#say('a set of nothing', name);
				continue;
			}
			const bindings = all(set, 'NavigationPropertyBinding').map((each) => [each.attributes['Path'] ?? '', each.attributes['Target'] ?? ''] as const);
			const leads = all(type, 'NavigationProperty');
			if (new Set(bindings.map(([path]) => path)).size !== bindings.length || bindings.length !== leads.length) this.#say('bindings', name);
			for (const [path, target] of bindings) {
				const lead = leads.find((each) => each.attributes['Name'] === path);
				const other = sets.find((each) => each.attributes['Name'] === target);
				if (!lead || !other || lead.attributes['Type'] !== `Collection(${other.attributes['EntityType'] ?? ''})`) this.#say('a binding that leads nowhere', `${name}/${path}`);
			}
		}
	}
}

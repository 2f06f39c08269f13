import { escapeXml } from '../xlsx.ts';
import type { EntitySet, Model, Property } from './edm.ts';

const namespace = 'hamkor.answers';

/** The model as CSDL 4.0, the answer to `$metadata`. */
export function metadataXml({ sets }: Model): string {
	const [submissions] = sets;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
		'<edmx:DataServices>',
		`<Schema Namespace="${namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
		`<ComplexType Name="System">${(submissions?.system ?? []).map(property).join('')}<Property Name="unfit" Type="Edm.String"/></ComplexType>`,
		...sets.map(entityType),
		`<EntityContainer Name="Answers">${sets.map(entitySet).join('')}</EntityContainer>`,
		'</Schema>',
		'</edmx:DataServices>',
		'</edmx:Edmx>',
		''
	].join('\n');
}

const property = ({ name, type }: Property): string =>
	`<Property Name="${escapeXml(name)}" Type="${type}"${name === '__id' ? ' Nullable="false"' : ''}${type === 'Edm.DateTimeOffset' ? ' Precision="3"' : ''}/>`;

function entityType({ name, properties, system, inside }: EntitySet): string {
	const own = system.length > 0 ? `<Property Name="__system" Type="${namespace}.System" Nullable="false"/>` : '<Property Name="__unfit" Type="Edm.String"/>';
	const leads = inside.map((each) => `<NavigationProperty Name="${escapeXml(each.name)}" Type="Collection(${namespace}.${escapeXml(each.set.name)})"/>`);
	return `<EntityType Name="${escapeXml(name)}"><Key><PropertyRef Name="__id"/></Key>${properties.map(property).join('')}${own}${leads.join('')}</EntityType>`;
}

function entitySet({ name, inside }: EntitySet): string {
	const bindings = inside.map((each) => `<NavigationPropertyBinding Path="${escapeXml(each.name)}" Target="${escapeXml(each.set.name)}"/>`).join('');
	return `<EntitySet Name="${escapeXml(name)}" EntityType="${namespace}.${escapeXml(name)}">${bindings}</EntitySet>`;
}

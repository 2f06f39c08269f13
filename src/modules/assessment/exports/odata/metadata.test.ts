import { describe, expect, it } from 'vitest';
import { csdlProblems } from '../../../../../test/csdl.ts';
import { exportForm } from '../../../../../test/exports.ts';
import { convert } from '#xforms/convert.ts';
import { describe as describeForm } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { modelOf } from './edm.ts';
import { metadataXml } from './metadata.ts';

/** Names that no identifier may have, that become alike, that are taken already, of every script, and too long. */
const awkward = `
| survey |
| | type | name | label |
| | integer | ёш.ингиз | Yosh |
| | integer | ёш-ингиз | Yosh |
| | text | Submissions | Savol |
| | text | __id | Savol |
| | text | __system | Savol |
| | text | __unfit | Savol |
| | text | System | Savol |
| | date | __parent_id | Kun |
| | range | ${'uzun'.repeat(40)} | Uzun |
| | time | soat | Vaqt |
| | geopoint | joy | Joy |
| | image | rasm | Rasm |
| | select_multiple ha | керак | Kerak |
| | rank ha | тартиб | Tartib |
| | begin_repeat | bola.lar | Bolalar |
| | text | bola.lar.name | Ism |
| | begin_repeat | bola-lar | Yana |
| | dateTime | __index | Qachon |
| | end_repeat | | |
| | end_repeat | | |
| | begin_repeat | Submissions_bola | Boshqa |
| | decimal | __Submissions_id | Son |
| | end_repeat | | |
| choices |
| | list_name | name | label |
| | ha | 1 | Ha |
| | ha | йўқ | Yoʻq |
| | ha | yo-q | Yoʻq |
`;

const metadataOf = (form: string): string => {
	const converted = convert(readMarkdown(form));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	return metadataXml(modelOf(describeForm(converted.form), 'default'));
};

describe('the metadata of a feed', () => {
	it.each([['everything that an export bears', exportForm], ['awkward names', awkward]])('keeps the rules of CSDL 4.0 for a form with %s', (_, form) => {
		expect(csdlProblems(metadataOf(form))).toEqual([]);
	});

	it('would be found out if it did not', () => {
		const good = metadataOf(exportForm);
		const spoilt: [string, string | RegExp, string][] = [
			['an unknown type', 'Edm.Int64', 'Edm.Integer'],
			['a name that is none', 'Name="sex"', 'Name="1 sex"'],
			['a name twice', 'Name="sex"', 'Name="note_text"'],
			['a key that may be null', 'Name="__id" Type="Edm.String" Nullable="false"', 'Name="__id" Type="Edm.String"'],
			['a key of nothing', '<PropertyRef Name="__id"/>', '<PropertyRef Name="id"/>'],
			['no key', /<Key>.*?<\/Key>/, ''],
			['the key after the properties', /(<Key>.*?<\/Key>)(<Property [^>]*>)/, '$2$1'],
			['a way that leads nowhere', /Collection\(hamkor\.answers\.\w+\)/, 'Collection(hamkor.answers.Nothing)'],
			['a binding to no set', /Target="\w+"/, 'Target="Nothing"'],
			['a set of nothing', /EntityType="[\w.]+"/, 'EntityType="hamkor.answers.Nothing"'],
			['an unknown attribute', 'Type="Edm.Date"', 'Type="Edm.Date" Kind="day"'],
			['a precision of a number', 'Type="Edm.Double"', 'Type="Edm.Double" Precision="3"'],
			['another version', 'Version="4.0"', 'Version="3.0"'],
			['another namespace of elements', 'ns/edm"', 'ns/edm2"']
		];
		for (const [what, from, to] of spoilt) {
			const bad = good.replace(from, to);
			expect(bad, what).not.toBe(good);
			expect(csdlProblems(bad).length, what).toBeGreaterThan(0);
		}
	});
});

/** Organisations named in the programme's public profile: entries of the directory, nothing more. */
import type { DirectoryEntry } from './programme.ts';
import { words } from './words.ts';

export const directory: readonly DirectoryEntry[] = [
	{
		key: 'dialog', type: 'women_led_cso', part: 'implementor', level: 'national',
		name: words('Dialog', 'Диалог', 'Dialog', 'Dialog'),
		description: words('Milliy fuqarolik jamiyati tashkiloti, dasturni amalga oshiradi.', 'Национальная организация гражданского общества, исполнитель программы.', 'Milliy puqaralıq jámiyeti shólkemi, baǵdarlamanı ámelge asıradı.', 'National civil society organisation, implementor of the programme.')
	},
	{
		key: 'istiqlol-avlodi', type: 'women_led_cso', part: 'implementor', level: 'regional',
		name: words('Istiqlol avlodi', 'Истиклол авлоди', 'Istiqlol avlodi', 'Istiqlol Avlodi'),
		description: words('Hududiy fuqarolik jamiyati tashkiloti, dasturni amalga oshiradi.', 'Региональная организация гражданского общества, исполнитель программы.', 'Aymaqlıq puqaralıq jámiyeti shólkemi, baǵdarlamanı ámelge asıradı.', 'Regional civil society organisation, implementor of the programme.')
	},
	{
		key: 'saferworld', type: 'ingo', part: 'consortium lead', level: 'international',
		name: words('Saferworld', 'Saferworld', 'Saferworld', 'Saferworld'),
		description: words('Xalqaro nodavlat tashkilot, konsorsium rahbari.', 'Международная неправительственная организация, руководит консорциумом.', 'Xalıqaralıq mámleketlik emes shólkem, konsorcium basshısı.', 'International non-governmental organisation, consortium lead.')
	},
	{
		key: 'european-union', type: 'donor', part: 'donor', level: 'international',
		name: words('Yevropa Ittifoqi', 'Европейский союз', 'Evropa Awqamı', 'European Union'),
		description: words('Dasturni moliyalashtiradi.', 'Донор программы.', 'Baǵdarlamanı qarjılandıradı.', 'Funds the programme.')
	},
	{
		key: 'republican-commission', type: 'commission', part: 'stakeholder', level: 'national',
		name: words('Xotin-qizlarning jamiyatdagi rolini oshirish, gender tenglik va oila masalalari respublika komissiyasi', 'Республиканская комиссия по повышению роли женщин в обществе, гендерному равенству и семье', 'Hayal-qızlardıń jámiyettegi ornın arttırıw, gender teńlik hám shańaraq máseleleri boyınsha respublika komissiyası', 'Republican Commission for the Enhancement of the Role of Women in Society, Gender Equality and Family'),
		description: words('Dastur birga ishlaydigan komissiya.', 'Комиссия, с которой работает программа.', 'Baǵdarlama birge isleytuǵın komissiya.', 'A commission the programme works with.')
	},
	{
		key: 'ministry-school-education', type: 'ministry', part: 'stakeholder', level: 'national',
		name: words('Maktabgacha va maktab taʼlimi vazirligi', 'Министерство дошкольного и школьного образования', 'Mektepke shekemgi hám mektep bilimlendiriwi ministrligi', 'Ministry of Preschool and School Education'),
		description: words('Dastur birga ishlaydigan vazirlik.', 'Министерство, с которым работает программа.', 'Baǵdarlama birge isleytuǵın ministrlik.', 'A ministry the programme works with.')
	},
	{
		key: 'ministry-employment', type: 'ministry', part: 'stakeholder', level: 'national',
		name: words('Kambagʻallikni qisqartirish va bandlik vazirligi', 'Министерство занятости и сокращения бедности', 'Kámbaǵallıqtı qısqartıw hám bántlik ministrligi', 'Ministry of Employment and Poverty Reduction'),
		description: words('Dastur asosan uning Oila va xotin-qizlar qoʻmitasi bilan ishlaydi.', 'Программа работает прежде всего с его Комитетом семьи и женщин.', 'Baǵdarlama tiykarınan onıń Shańaraq hám hayal-qızlar komiteti menen isleydi.', 'The programme works mainly with its Committee of Family and Women.')
	},
	{
		key: 'committee-family-women', type: 'ministry', part: 'stakeholder', level: 'national',
		name: words('Oila va xotin-qizlar qoʻmitasi', 'Комитет семьи и женщин', 'Shańaraq hám hayal-qızlar komiteti', 'Committee of Family and Women'),
		description: words('Kambagʻallikni qisqartirish va bandlik vazirligi huzuridagi qoʻmita.', 'Комитет при Министерстве занятости и сокращения бедности.', 'Kámbaǵallıqtı qısqartıw hám bántlik ministrligi janındaǵı komitet.', 'A committee of the Ministry of Employment and Poverty Reduction.')
	},
	{
		key: 'republican-centre', type: 'national_centre', part: 'stakeholder', level: 'national',
		name: words('Ayollarni reabilitatsiya qilish va moslashtirish respublika markazi', 'Республиканский центр реабилитации и адаптации женщин', 'Hayal-qızlardı reabilitaciyalaw hám beyimlestiriw respublikalıq orayı', 'Republican Centre for the Rehabilitation and Adaptation of Women'),
		description: words('Dastur birga ishlaydigan milliy markaz.', 'Национальный центр, с которым работает программа.', 'Baǵdarlama birge isleytuǵın milliy oray.', 'A national centre the programme works with.')
	}
];

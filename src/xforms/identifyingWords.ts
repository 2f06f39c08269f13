/**
 * Beginnings of words, folded (small letters, no apostrophes: `oʻ` is `o`, `tugʻilgan` is `tugilgan`). `$` closes a
 * word where the beginning alone would catch too much.
 */
function words(...stems: string[]): RegExp {
	const sources = stems.map((stem) => (stem.endsWith('$') ? `${stem.slice(0, -1)}(?![\\p{L}])` : stem));
	return new RegExp(`(?<![\\p{L}])(?:${sources.join('|')})`, 'u');
}

/** In the order in which they weigh. */
export const IDENTIFYING_WORDS = [
	[
		'person-name',
		words(
			// English
			'name$', 'names$', 'surname', 'forename', 'firstname', 'lastname', 'fullname', 'patronymic', 'signature',
			// Uzbek
			'ism$', 'ismi', 'isming', 'ismlar', 'ism-', 'familiya', 'sharif', 'otasining', 'fish$', 'f\\.? ?i\\.? ?sh\\.?$', 'fio$', 'imzo',
			'исм$', 'исми', 'исминг', 'исмлар', 'фамилия', 'шариф', 'отасининг', 'ф\\.? ?и\\.? ?ш\\.?$', 'имзо',
			// Russian
			'имя$', 'имени$', 'фамили', 'отчеств', 'ф\\.? ?и\\.? ?о\\.?(?![\\p{L}])', 'подпись',
			// Karakalpak
			'atı$', 'atıńız', 'atı-jóni', 'atı joni', 'ákesiniń atı', 'аты$', 'атыңыз', 'аты-жөни'
		)
	],
	[
		'phone',
		words(
			'phone', 'telephone', 'mobile (?:phone|number|no)', 'cell number', 'whatsapp', 'telegram', 'viber',
			'telefon', 'uyali', 'телефон', 'уяли', 'мобильн\\p{L}* (?:тел|ном)', 'сотов', 'номер тел', 'контактн', 'телеграм', 'qońıraw', 'қоңырау'
		)
	],
	[
		'address',
		words(
			'address', 'street', 'house number', 'where (?:do|does) (?:you|she|he|they) live', 'place of residence',
			'manzil', 'yashash joy', 'yashash manzil', 'qayerda yashay', 'kocha', 'uy raqam', 'xonadon',
			'манзил', 'яшаш жой', 'қаерда яшай', 'кўча', 'уй рақам', 'хонадон',
			'адрес', 'улиц', 'место жительства', 'места жительства', 'где (?:вы|она|он) жив', 'номер дома',
			'mánzil', 'kóshe', 'jasaytuǵın', 'мәнзил', 'көше', 'жасайтуғын'
		)
	],
	[
		'email',
		words('e-?mail', 'mail$', 'elektron pochta', 'электрон почта', 'электронн(?:ая|ой|ую) почт', 'эл\\.? ?почт', 'elektron poshta')
	],
	[
		'identity-document',
		words(
			'passport', 'national id', 'id number', 'id card', 'identity (?:card|document|number)', 'identification number', 'pinfl', 'jshshir', 'birth certificate',
			'pasport', 'guvohnoma', 'shaxsiy raqam', 'id karta', 'inn$', 'stir$',
			'паспорт', 'гувоҳнома', 'жшшир', 'пинфл', 'шахсий рақам', 'удостоверен', 'свидетельств[оа] о рожд', 'инн$', 'снилс', 'стир$',
			'gúwalıq', 'гүўалық'
		)
	],
	[
		'birth-date',
		words(
			'date of birth', 'birth ?date', 'birthday', 'dob$', 'born on',
			'tugilgan (?:sana|kun)', 'туғилган (?:сана|кун)', 'дат[аыу] рождения', 'день рождения', 'когда вы родились',
			'tuwılǵan (?:sáne|kún)', 'туўылған (?:сәне|күн)'
		)
	]
] as const;

/** A name that belongs to an organisation or a place is not a person's. */
export const THING_WORDS = words(
	'organi[sz]ation', 'institution', 'service', 'facility', 'shelter', 'school', 'clinic', 'hospital', 'project', 'district', 'region',
	'village', 'city', 'town', 'mahalla', 'makhalla', 'place', 'form', 'file', 'programme', 'program', 'course', 'training', 'law',
	'tashkilot', 'muassasa', 'xizmat', 'maktab', 'tuman', 'viloyat', 'qishloq', 'shahar', 'loyiha', 'dastur',
	'ташкилот', 'муассаса', 'хизмат', 'мактаб', 'туман', 'вилоят', 'қишлоқ', 'шаҳар', 'лойиҳа', 'дастур', 'маҳалла',
	'организац', 'учрежден', 'служб', 'услуг', 'школ', 'больниц', 'клиник', 'район', 'област', 'город', 'сел[оа]$', 'проект', 'махалл',
	'shólkem', 'mekeme', 'xızmet', 'mektep', 'awıl', 'rayon', 'qala', 'шөлкем', 'мәкеме', 'хызмет', 'мектеп', 'аўыл', 'қала'
);

import type { LocalText } from '#platform/locales.ts';

/** A first-level unit of a country, with the code of ISO 3166-2. */
export type FirstLevelUnit = {
	code: string;
	kind: 'viloyat' | 'republic' | 'city';
	name: Required<LocalText>;
};

const unit = (
	code: string,
	kind: FirstLevelUnit['kind'],
	[uz, uzCyrl, ru, kaa, en]: readonly [string, string, string, string, string]
): FirstLevelUnit => ({ code, kind, name: { uz, 'uz-Cyrl': uzCyrl, ru, kaa, en } });

/** Uzbekistan's 14 first-level units: the Republic of Karakalpakstan, 12 viloyats and the city of Tashkent. */
export const uzbekistan: readonly FirstLevelUnit[] = [
	unit('UZ-QR', 'republic', ['Qoraqalpogʻiston Respublikasi', 'Қорақалпоғистон Республикаси', 'Республика Каракалпакстан', 'Qaraqalpaqstan Respublikası', 'Republic of Karakalpakstan']),
	unit('UZ-AN', 'viloyat', ['Andijon viloyati', 'Андижон вилояти', 'Андижанская область', 'Ándijan wálayatı', 'Andijan Region']),
	unit('UZ-BU', 'viloyat', ['Buxoro viloyati', 'Бухоро вилояти', 'Бухарская область', 'Buxara wálayatı', 'Bukhara Region']),
	unit('UZ-FA', 'viloyat', ['Fargʻona viloyati', 'Фарғона вилояти', 'Ферганская область', 'Ferǵana wálayatı', 'Fergana Region']),
	unit('UZ-JI', 'viloyat', ['Jizzax viloyati', 'Жиззах вилояти', 'Джизакская область', 'Jizzaq wálayatı', 'Jizzakh Region']),
	unit('UZ-NG', 'viloyat', ['Namangan viloyati', 'Наманган вилояти', 'Наманганская область', 'Namangan wálayatı', 'Namangan Region']),
	unit('UZ-NW', 'viloyat', ['Navoiy viloyati', 'Навоий вилояти', 'Навоийская область', 'Nawayı wálayatı', 'Navoi Region']),
	unit('UZ-QA', 'viloyat', ['Qashqadaryo viloyati', 'Қашқадарё вилояти', 'Кашкадарьинская область', 'Qashqadárya wálayatı', 'Kashkadarya Region']),
	unit('UZ-SA', 'viloyat', ['Samarqand viloyati', 'Самарқанд вилояти', 'Самаркандская область', 'Samarqand wálayatı', 'Samarkand Region']),
	unit('UZ-SI', 'viloyat', ['Sirdaryo viloyati', 'Сирдарё вилояти', 'Сырдарьинская область', 'Sırdárya wálayatı', 'Syrdarya Region']),
	unit('UZ-SU', 'viloyat', ['Surxondaryo viloyati', 'Сурхондарё вилояти', 'Сурхандарьинская область', 'Surxandárya wálayatı', 'Surkhandarya Region']),
	unit('UZ-TO', 'viloyat', ['Toshkent viloyati', 'Тошкент вилояти', 'Ташкентская область', 'Tashkent wálayatı', 'Tashkent Region']),
	unit('UZ-XO', 'viloyat', ['Xorazm viloyati', 'Хоразм вилояти', 'Хорезмская область', 'Xorezm wálayatı', 'Khorezm Region']),
	unit('UZ-TK', 'city', ['Toshkent shahri', 'Тошкент шаҳри', 'город Ташкент', 'Tashkent qalası', 'Tashkent City'])
];

/** The country itself, by ISO 3166-1. */
export const uzbekistanItself: { code: 'UZ'; name: Required<LocalText> } = {
	code: 'UZ',
	name: { uz: 'Oʻzbekiston', 'uz-Cyrl': 'Ўзбекистон', ru: 'Узбекистан', kaa: 'Ózbekstan', en: 'Uzbekistan' }
};

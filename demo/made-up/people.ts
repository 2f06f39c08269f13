/** Made-up services, organisations and accounts, named by what they are, never by a name that could be real. */
import { words, type FiveLanguages } from '../words.ts';
import type { Account, Organisation, Region } from './types.ts';

const regionNames: Record<string, FiveLanguages> = {
	'UZ-JI': words('Jizzax', 'Джизак', 'Jizzaq', 'Jizzakh'),
	'UZ-SA': words('Samarqand', 'Самарканд', 'Samarqand', 'Samarkand'),
	'UZ-NG': words('Namangan', 'Наманган', 'Namangan', 'Namangan')
};

/** "Demonstration …", with the region behind it where there is one. */
function shown(uz: string, ru: string, kaa: string, en: string, region: Region): FiveLanguages {
	const place = region === null ? undefined : regionNames[region];
	const after = (text: string, name: string | undefined): string => (name === undefined ? text : `${text}, ${name}`);
	return words(after(uz, place?.uz), after(ru, place?.ru), after(kaa, place?.kaa), after(en, place?.en));
}

/** A name followed by a letter, which stays the same letter in every script. */
function lettered({ uz, 'uz-Cyrl': uzCyrl, ru, kaa, en }: FiveLanguages, letter: string): FiveLanguages {
	return { uz: `${uz} ${letter}`, 'uz-Cyrl': `${uzCyrl} ${letter}`, ru: `${ru} ${letter}`, kaa: `${kaa} ${letter}`, en: `${en} ${letter}` };
}

const shelterName = words('Namoyish boshpanasi', 'Демонстрационный приют', 'Kórsetpe panajayı', 'Demonstration shelter');
const centreName = words(
	'Namoyish reabilitatsiya markazi', 'Демонстрационный центр реабилитации', 'Kórsetpe reabilitaciya orayı', 'Demonstration rehabilitation centre'
);

const shelter = (letter: string, region: Region): Organisation => ({
	key: `shelter-${letter.toLowerCase()}`, type: 'cso_shelter', region, name: lettered(shelterName, letter)
});

const centre = (letter: string, region: Region): Organisation => ({
	key: `centre-${letter.toLowerCase()}`, type: 'state_rehabilitation_centre', region, name: lettered(centreName, letter)
});

const authority = (key: string, region: Region): Organisation => ({
	key, type: 'local_authority', region,
	name: shown('Namoyish hududiy hokimligi', 'Демонстрационная региональная власть', 'Kórsetpe aymaqlıq hákimligi', 'Demonstration regional authority', region)
});

/** Three shelters and three rehabilitation centres in three regions. */
export const services: readonly Organisation[] = [
	shelter('A', 'UZ-JI'), shelter('B', 'UZ-SA'), shelter('C', 'UZ-NG'), centre('D', 'UZ-JI'), centre('E', 'UZ-SA'), centre('F', 'UZ-NG')
];

export const organisations: readonly Organisation[] = [
	...services,
	authority('authority-jizzakh', 'UZ-JI'),
	authority('authority-samarkand', 'UZ-SA'),
	authority('authority-namangan', 'UZ-NG'),
	{ key: 'commission', type: 'commission', region: null, name: words('Namoyish milliy komissiyasi', 'Демонстрационная национальная комиссия', 'Kórsetpe milliy komissiyası', 'Demonstration national commission') },
	{ key: 'women-samarkand', type: 'women_led_cso', region: 'UZ-SA', name: shown('Namoyish ayollar tashkiloti', 'Демонстрационная женская организация', 'Kórsetpe hayallar shólkemi', "Demonstration women's organisation", 'UZ-SA') },
	{ key: 'makhalla-namangan', type: 'makhalla_committee', region: 'UZ-NG', name: shown('Namoyish mahalla qoʻmitasi', 'Демонстрационный махаллинский комитет', 'Kórsetpe máhelle komiteti', 'Demonstration makhalla committee', 'UZ-NG') }
];

function account(key: string, role: Account['role'], organisation: string | null, region: Region, [uz, ru, kaa, en]: readonly [string, string, string, string]): Account {
	return { key, role, organisation, region, name: shown(`Namoyish: ${uz}`, `Демонстрация: ${ru}`, `Kórsetpe: ${kaa}`, `Demonstration: ${en}`, region) };
}

export const accounts: readonly Account[] = [
	account('manager', 'coordinator', null, null, ['konsorsium rahbari', 'руководитель консорциума', 'konsorcium basshısı', 'consortium manager']),
	account('programme-officer', 'coordinator', 'women-samarkand', null, ['dastur xodimi', 'сотрудник программы', 'baǵdarlama xızmetkeri', 'programme officer']),
	account('analyst', 'analyst', null, null, ['tahlilchi', 'аналитик', 'analizshi', 'analyst']),
	account('shelter-worker', 'member', 'shelter-a', 'UZ-JI', ['boshpana xodimi', 'сотрудница приюта', 'panajay xızmetkeri', 'shelter worker']),
	account('centre-worker', 'member', 'centre-e', 'UZ-SA', ['reabilitatsiya markazi xodimi', 'сотрудница центра реабилитации', 'reabilitaciya orayı xızmetkeri', 'rehabilitation centre worker']),
	account('shelter-worker-b', 'member', 'shelter-b', 'UZ-SA', ['boshpana xodimi', 'сотрудница приюта', 'panajay xızmetkeri', 'shelter worker']),
	account('shelter-worker-c', 'member', 'shelter-c', 'UZ-NG', ['boshpana xodimi', 'сотрудница приюта', 'panajay xızmetkeri', 'shelter worker']),
	account('centre-worker-d', 'member', 'centre-d', 'UZ-JI', ['reabilitatsiya markazi xodimi', 'сотрудница центра реабилитации', 'reabilitaciya orayı xızmetkeri', 'rehabilitation centre worker']),
	account('makhalla-leader', 'collector', 'makhalla-namangan', 'UZ-NG', ['mahalla faoli', 'лидер махалли', 'máhelle jetekshisi', 'makhalla leader']),
	account('official-jizzakh', 'official', 'authority-jizzakh', 'UZ-JI', ['hududiy idora vakili', 'представитель региональной власти', 'aymaqlıq hákimiyat wákili', 'regional authority official']),
	account('official-samarkand', 'official', 'authority-samarkand', 'UZ-SA', ['hududiy idora vakili', 'представитель региональной власти', 'aymaqlıq hákimiyat wákili', 'regional authority official']),
	account('official-namangan', 'official', 'authority-namangan', 'UZ-NG', ['hududiy idora vakili', 'представитель региональной власти', 'aymaqlıq hákimiyat wákili', 'regional authority official']),
	account('official-national', 'official', 'commission', null, ['milliy komissiya vakili', 'представитель национальной комиссии', 'milliy komissiya wákili', 'national commission official']),
	account('reviewer', 'reviewer', null, null, ['taqrizchi', 'рецензент', 'bahalawshı', 'reviewer']),
	account('donor', 'donor', null, null, ['moliyalashtiruvchi vakili', 'представитель донора', 'qarjılandırıwshı wákili', 'donor representative']),
	account('administrator', 'administrator', null, null, ['administrator', 'администратор', 'administrator', 'administrator'])
];

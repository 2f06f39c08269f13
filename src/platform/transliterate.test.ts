import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCyrillic, toLatin } from './transliterate.ts';

const both = (pairs: string): [latin: string, cyrillic: string][] =>
	pairs
		.trim()
		.split(/\s+/)
		.map((pair): [string, string] => {
			const [latin = '', cyrillic = ''] = pair.split('=');
			return [latin, cyrillic];
		});

describe('words that go both ways', () => {
	it.each(
		both(`
		oʻzbek=ўзбек gʻamxoʻrlik=ғамхўрлик mahalla=маҳалла choyxona=чойхона ishchi=ишчи boshchilik=бошчилик
		yer=ер yetti=етти ekin=экин kel=кел maktab=мактаб poeziya=поэзия aeroport=аэропорт duel=дуэль
		yosh=ёш yoʻl=йўл yulduz=юлдуз yaxshi=яхши ayol=аёл oila=оила daryo=дарё dunyo=дунё bayroq=байроқ
		sanʼat=санъат maʼno=маъно eʼtibor=эътибор sheʼr=шеър meʼyor=меъёр moʻjiza=мўъжиза Isʼhoq=Исҳоқ mashhur=машҳур
		aytsa=айтса ketsin=кетсин adolatsevar=адолатсевар tabiatshunos=табиатшунос hurmatsiz=ҳурматсиз
		sentabr=сентябрь oktabr=октябрь noyabr=ноябрь sentabrda=сентябрда budjet=бюджет abzas=абзац
		sirk=цирк sement=цемент konsert=концерт konferensiya=конференция aksiya=акция politsiya=полиция
		reabilitatsiya=реабилитация koordinatsiya=координация funksional=функционал pensiya=пенсия sistema=система
		obyekt=объект subyekt=субъект karyera=карьера intervyu=интервью kompyuter=компьютер rayon=район mayor=майор
		model=модель modellar=моделлар film=фильм filtr=фильтр kultura=культура falsifikatsiya=фальсификация
		tarozi=тарози belgi=белги albatta=албатта bulbul=булбул qalpoq=қалпоқ tilda=тилда sariq=сариқ sigir=сигир
		singan=синган sirka=сирка pulsiz=пулсиз yodgor=ёдгор tol=тол bildirmoq=билдирмоқ iqbol=иқбол olgan=олган
		servis=сервис sentimental=сентиментал almashtirmoq=алмаштирмоқ kitob=китоб konkurs=конкурс yaqinsiz=яқинсиз
		vakansiya=вакансия kvitansiya=квитанция kommersant=коммерсант seriya=серия asalda=асалда kelyapti=келяпти koʻpayyapti=кўпайяпти
		boyoʻgʻli=бойўғли qoʻshni=қўшни poyabzal=пойабзал blisturnir=блицтурнир`)
	)('%s is %s', (latin, cyrillic) => {
		expect(toCyrillic(latin)).toBe(cyrillic);
		expect(toLatin(cyrillic)).toBe(latin);
	});

	it.each([
		['Shahrisabz', 'Шаҳрисабз'],
		['SHAHRISABZ', 'ШАҲРИСАБЗ'],
		['Oʻzbekiston', 'Ўзбекистон'],
		['OʻZBEKISTON', 'ЎЗБЕКИСТОН'],
		['Yangiyer', 'Янгиер'],
		['YANGIYER', 'ЯНГИЕР'],
		['AQSH', 'АҚШ'],
		['Sh. Rashidov', 'Ш. Рашидов'],
		['SENTABR', 'СЕНТЯБРЬ'],
		['Nyu-York', 'Нью-Йорк'],
		['E-hukumat', 'Э-ҳукумат']
	])('%s keeps its capitals as %s', (latin, cyrillic) => {
		expect(toCyrillic(latin)).toBe(cyrillic);
		expect(toLatin(cyrillic)).toBe(latin);
	});
});

describe('from Latin as it is typed', () => {
	it.each(["o'g'il", 'o`g`il', 'oʻgʻil', 'oʼgʼil', 'o‘g‘il', 'o’g’il', 'o´g´il'])('reads the apostrophes of %s', (typed) => {
		expect(toCyrillic(typed)).toBe('ўғил');
	});

	it.each([
		["ta'lim, san’at", 'таълим, санъат'],
		["voqe'", 'воқеъ'],
		["u 'yaxshi' dedi", "у 'яхши' деди"],
		['‘katta bozor’', '‘катта бозор’'],
		["tog'", 'тоғ']
	])('tells the mark in %s from a quotation mark', (typed, cyrillic) => {
		expect(toCyrillic(typed)).toBe(cyrillic);
	});

	it.each(['XIX', 'II-chorak', 'V sinf', 'XX asr'])('leaves the Roman numeral of %s', (typed) => {
		expect(toCyrillic(typed).startsWith(typed.split(/[-\s]/)[0] ?? '')).toBe(true);
	});

	it('takes a single letter before a name for an initial, and at the start of a line for a number', () => {
		expect(toCyrillic('Muallif: X. Toʻraev')).toBe('Муаллиф: Х. Тўраэв');
		expect(toCyrillic('V. Xulosa')).toBe('V. Хулоса');
		expect(toCyrillic('XIX asr', { romans: false })).toBe('ХИХ аср');
	});
});

describe('what is not Uzbek prose stays', () => {
	const kept = [
		'https://example.org/oʻquv?til=uz#bob',
		'www.example.uz',
		'example.uz/yordam',
		'biz.bilan@example.uz',
		'@hamkor_uz',
		'{count}',
		'{{ism}}',
		'${ism}',
		'%s',
		'%(ism)s',
		'`npm start`',
		'<a href="/uz/boshpana" class="katta">',
		'</a>',
		'<code>let salom = 1</code>',
		'&nbsp;',
		'uz_Latn',
		'mp3',
		'hisobot.xlsx',
		'café',
		'Windows',
		'COVID-19',
		'Qaraqalpaqstań',
		'Привет',
		'العربية',
		'PDF',
		'12 345,67'
	];

	it.each(kept)('%s', (text) => {
		expect(toCyrillic(`Salom ${text} dunyo`)).toBe(`Салом ${text} дунё`);
	});

	it.each(['https://мисол.уз/йўл', '{ном}', '`салом`', '<b title="салом">', 'Hello'])('%s, on the way to Latin', (text) => {
		expect(toLatin(`Салом ${text} дунё`)).toBe(`Salom ${text} dunyo`);
	});

	it('except where the text is said to have no markup', () => {
		expect(toCyrillic('{salom}', { markup: false })).toBe('{салом}');
	});

	it('leaves words it is told to keep', () => {
		expect(toCyrillic('Istiqlol Avlodi va Dialog', { keep: ['Dialog'] })).toBe('Истиқлол Авлоди ва Dialog');
	});

	it('turns the words between tags and around numbers', () => {
		expect(toCyrillic('<b>Yordam</b> 5ta, 2-sinf')).toBe('<b>Ёрдам</b> 5та, 2-синф');
	});
});

describe('any text at all', () => {
	it('keeps placeholders, whatever stands around them', () => {
		fc.assert(
			fc.property(fc.string(), fc.constantFrom('{count}', '{name}', '{a_b}'), fc.string(), (before, placeholder, after) => {
				fc.pre(!/[`<{}&%@_/:.$#]/.test(before + after));
				expect(toCyrillic(`${before} ${placeholder} ${after}`)).toContain(placeholder);
			})
		);
	});

	it('is turned without an error, and digits and line ends stay', () => {
		const outside = (text: string): string => text.replace(/[^\d\r\n]/g, '');
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(outside(toCyrillic(text))).toBe(outside(text));
				expect(outside(toLatin(text))).toBe(outside(text));
			})
		);
	});

	it('in Uzbek Latin comes back the same when it has only sounds of native words', () => {
		const syllable = fc.constantFrom(
			...'ba bo bu da do di ga go gʻa ha hi ja ka ko la lo lar mi mo na no noʻ qa qi ra ri sa soʻ ta toʻ va xa xo ya yo yu za zi sha cho'.split(' ')
		);
		fc.assert(
			fc.property(fc.array(syllable, { minLength: 1, maxLength: 4 }), (syllables) => {
				const word = syllables.join('');
				expect(toLatin(toCyrillic(word))).toBe(word);
			})
		);
	});
});

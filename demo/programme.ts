/**
 * The demonstration programme's frame: what its public profile says, in our own words. Facts only; everything that is
 * made up stands in `made-up.ts`. The organisations here appear as entries of the directory and in no made-up record.
 */
import { words, type FiveLanguages } from './words.ts';

export type DirectoryEntry = {
	key: string;
	type: 'women_led_cso' | 'ingo' | 'donor' | 'commission' | 'ministry' | 'national_centre';
	part: 'implementor' | 'consortium lead' | 'donor' | 'stakeholder';
	level: 'international' | 'national' | 'regional';
	name: FiveLanguages;
	description: FiveLanguages;
};

export type NumberedText = { number: number; text: FiveLanguages };

export const programme = {
	key: 'partnership',
	name: words(
		'Oʻzbekistonda gender tenglik boʻyicha fuqarolik jamiyati va davlat organlari hamkorligi',
		'Партнёрство гражданского общества и органов власти по гендерному равенству в Узбекистане',
		'Ózbekstanda gender teńlik boyınsha puqaralıq jámiyeti hám hákimiyat birge islesiwi',
		'Partnership between civil society and authorities on gender equality in Uzbekistan'
	),
	summary: words(
		'Fuqarolik jamiyati tashkilotlari va davlat organlari gender zoʻravonligidan jabr koʻrganlarga yordamdagi kamchiliklarni birga aniqlaydi va birga bartaraf etadi. Haqiqiy dastur 2023-yil 1-apreldan 2025-yil 31-martgacha davom etgan; bu namoyishdagi sanalar bugungi kunga nisbatan qoʻyilgan, maʼlumotlari oʻylab topilgan.',
		'Организации гражданского общества и органы власти вместе выясняют, чего не хватает в помощи пострадавшим от гендерного насилия, и вместе это исправляют. Настоящая программа шла с 1 апреля 2023 года по 31 марта 2025 года; даты этой демонстрации отсчитаны от сегодняшнего дня, её данные вымышлены.',
		'Puqaralıq jámiyeti shólkemleri hám hákimiyat gender zorlıǵınan jábir kórgenlerge járdemdegi kemshiliklerdi birge anıqlaydı hám birge saplastıradı. Haqıyqıy baǵdarlama 2023-jıl 1-aprelden 2025-jıl 31-martqa shekem dawam etken; bul kórsetpedegi sáneler búgingi kúnge qarata qoyılǵan, maǵlıwmatları oylap tabılǵan.',
		'Civil society organisations and authorities find out together what is missing in the response to gender-based violence, and put it right together. The real programme ran from 1 April 2023 to 31 March 2025; the dates of this demonstration are counted from the day it was laid out, and its data are made up.'
	),
	country: 'UZ',
	timeZone: 'Asia/Tashkent',
	currency: 'UZS',
	/** The dates of the real programme: facts, shown as such. */
	realDates: { startsOn: '2023-04-01', endsOn: '2025-03-31' },
	/** The demonstration runs in mid-course whenever it is looked at: days from today. */
	demonstrationDays: { starts: -400, ends: 330 },
	regions: ['UZ-JI', 'UZ-SA', 'UZ-NG'],
	funderStatement: words(
		'Yevropa Ittifoqi tomonidan moliyalashtiriladi',
		'Финансируется Европейским союзом',
		'Evropa Awqamı tárepinen qarjılandırıladı',
		'Funded by the European Union'
	),
	funderDisclaimer: words(
		'Bu namoyish matni. Haqiqiy dasturda bu yerda shartnomadagi izoh turadi: mazmun uchun hamkorlar javob beradi va u moliyalashtiruvchining fikrini aks ettirmasligi mumkin.',
		'Это демонстрационный текст. В настоящей программе здесь стоит оговорка из договора: за содержание отвечают партнёры, и оно может не отражать мнение донора.',
		'Bul kórsetpe tekst. Haqıyqıy baǵdarlamada bul jerde shártnamadaǵı eskertiw turadı: mazmunı ushın sherikler juwap beredi hám ol qarjılandırıwshınıń pikirin bildirmewi múmkin.',
		'This is a demonstration text. In a real programme the disclaimer of the contract stands here: the partners are responsible for the contents, which may not reflect the views of the funder.'
	)
} as const;

export const stages: readonly NumberedText[] = [
	words(
		'Ehtiyoj va kamchiliklarning birgalikdagi tahlili; uning xulosalari keyingi ishlarga, targʻibot va axborotga asos boʻladi.',
		'Один совместный анализ потребностей и пробелов; на его выводах строятся дальнейшая работа, адвокация и информирование.',
		'Mútájlik hám kemshiliklerdiń birgeliktegi analizi; onıń juwmaqları keyingi islerge hám málimlew jumıslarına tiykar boladı.',
		'One joint analysis of needs and gaps, whose findings shape all later work, advocacy and communication.'
	),
	words(
		'Boshpana va reabilitatsiya markazlarini yurituvchi tashkilot va idoralar, jamoat guruhlari uchun ehtiyojga qarab oʻqitish; mamlakat va mintaqa ichida tajriba almashish.',
		'Обучение по запросу для организаций и органов, которые ведут приюты и центры реабилитации, и для сообществ; обмен опытом в стране и регионе.',
		'Panajay hám reabilitaciya orayların júrgiziwshi shólkem hám mekemeler, jámiyetlik toparlar ushın mútájlikke qaray oqıtıw; mámleket hám region ishinde tájiriybe almasıw.',
		'Training on demand for organisations and authorities that run shelters and rehabilitation centres, and for communities; learning exchanges in the country and the region.'
	),
	words(
		'Tashkilotlar, boshpanalar, markazlar va jamoat guruhlarining harakat rejalariga yordam; tanlangan rejalarga mablagʻ va uslubiy koʻmak.',
		'Помощь в составлении планов действий организаций, приютов, центров и сообществ; отобранные планы получают средства и методическую поддержку.',
		'Shólkemler, panajaylar, oraylar hám jámiyetlik toparlardıń háreket rejelerine járdem; tańlanǵan rejelerge qarjı hám metodikalıq kómek.',
		'Support for action plans of organisations, shelters, centres and community groups; selected plans receive money and methodological support.'
	),
	words(
		'Tahlil va ish davomida aniqlanganlar haqida tahliliy hujjat va axborot materiallari; milliy davra suhbatida siyosat boʻyicha tavsiyalar.',
		'Аналитическая записка и информационные материалы о том, что выяснено; рекомендации по политике на национальном круглом столе.',
		'Analiz hám jumıs dawamında anıqlanǵanlar haqqında analitikalıq hújjet hám málimleme materialları; milliy dóńgelek stolda siyasat boyınsha usınıslar.',
		'A briefing paper and communications materials on what was found, and policy recommendations shared at a national roundtable.'
	)
].map((text, at) => ({ number: at + 1, text }));

export const outcomes: readonly NumberedText[] = [
	words(
		'Fuqarolik jamiyati va davlat organlari xizmatlardagi imkoniyat, muvofiqlashtirish va samara kamchiliklarini oʻzlari muntazam tahlil qiladi; hududlar va butun mamlakatdagi holat yaxshiroq tushuniladi.',
		'Гражданское общество и власти сами постоянно анализируют пробелы в возможностях, координации и действенности услуг; картина в регионах и в стране становится яснее.',
		'Puqaralıq jámiyeti hám hákimiyat xızmetlerdegi imkaniyat, muwapıqlastırıw hám nátiyjelilik kemshiliklerin ózleri turaqlı analiz qıladı; wálayatlar hám mámlekettegi jaǵday anıǵıraq boladı.',
		'Civil society and authorities lead ongoing analysis of gaps in the capacity, coordination and effectiveness of services, and the picture in the regions and the country becomes clearer.'
	),
	words(
		'Fuqarolik guruhlari, markaz xodimlari va jamoalar birga ishlay oladi, jabr koʻrganlarga yaxshi xizmat koʻrsatadi va zararli gender meʼyorlariga qarshi ishlaydi; davlat organlari gender masalalariga sezgirroq boʻladi.',
		'Общественные группы, сотрудники центров и сообщества умеют работать вместе, хорошо помогают пострадавшим и противостоят вредным гендерным нормам; власти действуют с большим вниманием к гендеру.',
		'Puqaralıq toparları, oray xızmetkerleri hám jámiyetler birge isley aladı, jábir kórgenlerge jaqsı xızmet kórsetedi hám zıyanlı gender normalarına qarsı isleydi; hákimiyat gender máselelerine sezimtalıraq boladı.',
		'Civil society groups, centre staff and communities collaborate, serve survivors well and address harmful gender norms; authorities respond with more gender-sensitivity.'
	),
	words(
		'Boshpana va markazlarni yurituvchilar hamda jamoat tashkilotlari oʻz ustuvorliklariga javob beradigan tashabbuslar uchun qulay va moslashuvchan mablagʻ oladi, davlat organlari bilan birga ham.',
		'Те, кто ведёт приюты и центры, и организации в сообществах получают гибкие и доступные средства на инициативы по своим приоритетам, в том числе вместе с властями.',
		'Panajay hám oraylardı júrgiziwshiler hám jámiyetlik shólkemler óz áhmiyetli máselelerine juwap beretuǵın baslamalar ushın qolaylı hám iykemli qarjı aladı, hákimiyat penen birge de.',
		'Those who run shelters and centres, and community organisations, receive flexible and accessible funding for initiatives that answer their own priorities, also jointly with authorities.'
	),
	words(
		'Mahalliy va milliy idoralar ayollar va qizlarga zoʻravonlikka olib keladigan meʼyorlarni yaxshiroq tushunadi hamda ayollar va qizlarning ustuvorliklarini siyosatga kiritish uchun qadam qoʻyadi.',
		'Местные и национальные власти лучше понимают нормы, которые ведут к насилию в отношении женщин и девочек, и делают шаги, чтобы приоритеты женщин и девочек вошли в политику.',
		'Jergilikli hám milliy hákimiyat hayal-qızlarǵa zorlıqqa alıp keletuǵın normalardı jaqsıraq túsinedi hám hayal-qızlardıń áhmiyetli máselelerin siyasatqa kirgiziw ushın qádem taslaydı.',
		"Local and national authorities better understand the norms that drive violence against women and girls, and take steps to bring women's and girls' priorities into policy."
	)
].map((text, at) => ({ number: at + 1, text }));

/** Kinds of people and bodies the programme works with that have no single entry in the directory. */
export const alsoWorksWith: readonly FiveLanguages[] = [
	words('uchta fuqarolik tashkiloti boshpanasi va uchta davlat reabilitatsiya markazi', 'три приюта организаций гражданского общества и три государственных центра реабилитации', 'puqaralıq shólkemleriniń úsh panajayı hám úsh mámleketlik reabilitaciya orayı', 'three shelters run by civil society organisations and three state-run rehabilitation centres'),
	words('barcha hududlardagi ayollar boshchiligidagi tashkilotlar tarmogʻi', 'сеть организаций под руководством женщин во всех регионах', 'barlıq aymaqlardaǵı hayallar basqaratuǵın shólkemler tarmaǵı', 'the network of women-led organisations in all regions'),
	words('mahalliy hokimliklar va mahalla faollari', 'местные власти и лидеры махалли', 'jergilikli hákimiyatlar hám máhelle jetekshileri', 'local authorities and makhalla leaders'),
	words('jamoat xavfsizligi ishchi guruhlari', 'рабочие группы по безопасности сообществ', 'jámiyet qáwipsizligi jumısshı toparları', 'Community Security Working Groups')
];

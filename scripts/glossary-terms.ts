/** The words of the field as the program uses them: English, Uzbek (Latin), Russian, Karakalpak, and what is meant. */
export type Term = readonly [en: string, uz: string, ru: string, kaa: string, meaning: string];

export const terms: readonly (readonly [heading: string, terms: readonly Term[]])[] = [
	['The thread', [
		['thread', 'zanjir', 'нить', 'shınjır', 'The chain from evidence to verified change; each record cites what it rests on.'],
		['evidence', 'dalil', 'доказательство', 'dálil', 'A figure, a quotation or a document with its source.'],
		['finding', 'xulosa', 'вывод', 'juwmaq', 'A statement with its evidence attached.'],
		['gap', 'kamchilik', 'пробел', 'kemshilik', 'What is missing, for whom, where, and which barrier keeps it so.'],
		['barrier', 'toʻsiq', 'барьер', 'tosıq', 'Why people do not get what they need: availability, access, quality, coordination, norms, law, money.'],
		['priority of a community', 'jamoa ustuvorligi', 'приоритет сообщества', 'jámiyet áhmiyetli máselesi', 'What women, girls and communities say for themselves should come first.'],
		['response', 'chora', 'ответные меры', 'shara', 'What is done about a gap: a training, an exchange or an action plan.'],
		['result', 'natija', 'результат', 'nátiyje', 'What a response led to, with evidence.'],
		['recommendation', 'tavsiya', 'рекомендация', 'usınıs', 'A proposal delivered to a named authority, resting on gaps or results.'],
		['commitment', 'majburiyat', 'обязательство', 'minnetleme', 'What an authority has undertaken to do, by a date, with a measure.'],
		['verified change', 'tasdiqlangan oʻzgarish', 'подтверждённое изменение', 'tastıyıqlanǵan ózgeris', 'A change that somebody other than its author has confirmed with evidence.'],
		['withdrawal', 'qaytarib olish', 'отзыв', 'qaytarıp alıw', 'A record no longer stands; what rests on it is shown.'],
		['cockpit', 'boshqaruv paneli', 'панель управления', 'basqarıw paneli', 'The page that shows every gap and where its thread is broken or stalled.']
	]],
	['People and organisations', [
		['survivor', 'jabr koʻrgan ayol', 'пострадавшая', 'jábir kórgen hayal', 'A person who lived through violence. The program never writes “victim”.'],
		['gender-based violence', 'gender zoʻravonligi', 'гендерное насилие', 'gender zorlıǵı', 'Violence directed at a person because of gender.'],
		['shelter', 'boshpana', 'приют', 'panajay', 'A safe place to stay. Its address is never stored.'],
		['rehabilitation centre', 'reabilitatsiya markazi', 'центр реабилитации', 'reabilitaciya orayı', 'A state-run centre for the rehabilitation and adaptation of women.'],
		['civil society organisation', 'fuqarolik jamiyati tashkiloti', 'организация гражданского общества', 'puqaralıq jámiyeti shólkemi', 'A non-governmental, non-commercial organisation.'],
		['women-led organisation', 'ayollar boshchiligidagi tashkilot', 'организация под руководством женщин', 'hayallar basqaratuǵın shólkem', 'An organisation whose leadership is mostly women.'],
		['local authority', 'mahalliy hokimiyat', 'местный орган власти', 'jergilikli hákimiyat', 'The administration of a region, district or city.'],
		['makhalla', 'mahalla', 'махалля', 'máhelle', 'A neighbourhood community and its self-government.'],
		['Community Security Working Group', 'jamoat xavfsizligi ishchi guruhi', 'рабочая группа по безопасности сообщества', 'jámiyet qáwipsizligi jumısshı toparı', 'Residents and officials who work on safety together.'],
		['stakeholder', 'manfaatdor tomon', 'заинтересованная сторона', 'mápdar tárep', 'Who has a part in the matter or is affected by it.'],
		['donor', 'moliyalashtiruvchi', 'донор', 'qarjılandırıwshı', 'Who funds the programme.'],
		['coordinator', 'koordinator', 'координатор', 'koordinator', 'The role that runs a programme.'],
		['official', 'davlat idorasi vakili', 'представитель власти', 'hákimiyat wákili', 'A person who answers for an authority, in his or her own name.'],
		['programme', 'dastur', 'программа', 'baǵdarlama', 'A partnership with its places, people, rules and dates.'],
		['returnees', 'qaytganlar', 'вернувшиеся', 'qaytqanlar', 'Women and families who came back from Iraq and Syria; in figures national totals only.'],
		['vulnerable family', 'koʻmakka muhtoj oila', 'уязвимая семья', 'járdemge mútáj shańaraq', 'A family that needs particular attention from services.']
	]],
	['Assessment', [
		['joint gap analysis', 'kamchiliklarning birgalikdagi tahlili', 'совместный анализ пробелов', 'kemshiliklerdiń birgeliktegi analizi', 'Authorities and civil society find out together what is missing.'],
		['instrument', 'soʻrovnoma', 'анкета', 'sorawnama', 'A questionnaire; its versions cannot be changed once used.'],
		['round', 'davra', 'раунд', 'dáwir', 'One collection of answers with an instrument, in places, for a time.'],
		['baseline', 'boshlangʻich holat', 'исходное состояние', 'baslanǵısh jaǵday', 'The first round, against which later ones are compared.'],
		['submission', 'yuborilgan javob', 'ответ', 'jiberilgen juwap', 'One filled questionnaire.'],
		['question', 'savol', 'вопрос', 'soraw', 'One row of an instrument that asks for an answer.'],
		['consent', 'rozilik', 'согласие', 'razılıq', 'Informed, free agreement; silence is not consent.'],
		['refusal', 'rad etish', 'отказ', 'bas tartıw', 'A decision not to take part; recorded without consequences.'],
		['distress protocol', 'iztirob holatida harakat tartibi', 'порядок действий при стрессе', 'qıynalǵan jaǵdayda háreket tártibi', 'What an interviewer does when someone is in distress.'],
		['minor', 'voyaga yetmagan', 'несовершеннолетний', 'er jetpegen', 'A person under 18.'],
		['analyst', 'tahlilchi', 'аналитик', 'analizshi', 'Named for a round; the only one who sees answers row by row.'],
		['figure', 'koʻrsatkich', 'показатель', 'kórsetkish', 'A count or share by a question, frozen when cited.'],
		['quotation', 'iqtibos', 'цитата', 'citata', 'What someone said, attributed to a role, with the level of consent.'],
		['service-quality assessment', 'xizmat sifatini baholash', 'оценка качества услуг', 'xızmet sapasın bahalaw', 'Criteria scored from 0 to 3 with the evidence seen.'],
		['criterion', 'mezon', 'критерий', 'kriteriy', 'What a service is scored on; a critical one caps its whole area.'],
		['score', 'baho', 'оценка, балл', 'baha', '0 absent, 1 started, 2 mostly, 3 fully, or not applicable.'],
		['reconciliation', 'kelishish', 'согласование', 'kelisiw', 'Two sides that scored apart settle their differences together.'],
		['dissent', 'alohida fikr', 'особое мнение', 'ayrıqsha pikir', 'Each side keeps its own score, with its reason.'],
		['endorsement', 'maʼqullash', 'одобрение', 'maqullaw', 'Agreement of a civil society organisation and an authority that a gap stands.'],
		['disclosure control', 'maxfiylikni oshkor etmaslik nazorati', 'контроль раскрытия', 'ashkara etiwdi qadaǵalaw', 'Hiding small numbers so that nobody can be recognised in a table.'],
		['threshold', 'eng kichik son', 'порог', 'eń kishi san', 'The number below which a cell is not shown: 5 people, 10 survivors.'],
		['release', 'eʼlon', 'выпуск', 'járiyalaw', 'Figures that went out, entered in the ledger.'],
		['ledger of releases', 'eʼlonlar daftari', 'реестр выпусков', 'járiyalawlar dápteri', 'The list of all figures ever published, against differencing.']
	]],
	['Services', [
		['referral', 'yoʻnaltirish', 'перенаправление', 'baǵdarlaw', 'Passing a person on to another service, with her consent.'],
		['referral pathway', 'yoʻnaltirish tartibi', 'порядок перенаправления', 'baǵdarlaw tártibi', 'Who is called, in what order, and who answers.'],
		['sealed referral', 'muhrlangan yoʻllanma', 'запечатанное направление', 'mórlengen jollanba', 'A referral encrypted for named people at the receiving service.'],
		['waiting band', 'kutish oraligʻi', 'интервал ожидания', 'kútiw aralıǵı', 'Days between referral and answer: 0–1, 2–3, 4–7, 8–14, 15 or more.'],
		['psychosocial support', 'ruhiy-ijtimoiy yordam', 'психосоциальная помощь', 'psixosociallıq járdem', 'Help for mind and everyday life.'],
		['protection order', 'himoya orderi', 'охранный ордер', 'qorǵaw orderi', 'An order that keeps the person who used violence away.'],
		['find help', 'yordam topish', 'найти помощь', 'járdem tabıw', 'The public page that leaves no trace.']
	]],
	['Training, plans and money', [
		['training', 'oʻquv mashgʻuloti', 'обучение', 'oqıw shınıǵıwı', 'A response that builds what people know and can do.'],
		['learning exchange', 'tajriba almashish', 'обмен опытом', 'tájiriybe almasıw', 'A visit with a learning question.'],
		['action plan', 'harakat rejasi', 'план действий', 'háreket rejesi', 'One page: which gap, what is done, by whom, until when.'],
		['call', 'tanlov eʼloni', 'конкурс заявок', 'tańlaw daǵazası', 'An invitation to hand in action plans.'],
		['small grant', 'kichik grant', 'малый грант', 'kishi grant', 'Money for an action plan.'],
		['tranche', 'transh', 'транш', 'transh', 'One part of a grant: due, evidenced, approved, paid, confirmed.'],
		['mentoring', 'murabbiylik', 'наставничество', 'ustazlıq', 'Visits and advice while a plan is carried out.']
	]],
	['Policy', [
		['briefing', 'tahliliy hujjat', 'аналитическая записка', 'analitikalıq hújjet', 'A text with bound figures and quotations, published through disclosure control.'],
		['roundtable', 'davra suhbati', 'круглый стол', 'dóńgelek stol', 'A meeting at which recommendations are discussed and commitments made.'],
		['no reply', 'javob yoʻq', 'нет ответа', 'juwap joq', 'A dated status of a recommendation.'],
		['logframe', 'mantiqiy matritsa', 'логическая матрица', 'logikalıq matrica', 'Impact, outcomes, outputs and activities with their indicators.'],
		['indicator', 'indikator', 'индикатор', 'indikator', 'What is measured to see a change.']
	]]
];

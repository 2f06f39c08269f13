/** Regions, districts and towns of Uzbekistan that a text may name beside those of the programme's own tree. A start, not a gazetteer. */
const uzbek = `Toshkent Samarqand Buxoro Xiva Namangan Andijon Fargʻona Qoʻqon Margʻilon Jizzax Guliston Navoiy Zarafshon Qarshi Shahrisabz Termiz Nukus Urganch Angren Olmaliq Chirchiq Bekobod
Yangiyoʻl Xorazm Surxondaryo Qashqadaryo Sirdaryo Qoraqalpogʻiston Zomin Forish Gʻallaorol Baxmal Doʻstlik Paxtakor Mirzachoʻl Zafarobod Arnasoy Yangiobod Sharof Rashidov Urgut Kattaqoʻrgʻon Ishtixon Bulungʻur Jomboy Pastdargʻom Payariq Nurobod
Oqdaryo Narpay Qoʻshrabot Tayloq Pop Chust Kosonsoy Uchqoʻrgʻon Uychi Toʻraqoʻrgʻon Chortoq Yangiqoʻrgʻon Mingbuloq Norin Asaka Shahrixon Xonobod Marhamat Paxtaobod Izboskan Baliqchi Rishton Quva Quvasoy Oltiariq Bagʻdod Beshariq Dangʻara Uchkoʻprik
Yozyovon Kogon Gʻijduvon Vobkent Shofirkon Romitan Qorakoʻl Olot Denov Sherobod Boysun Sariosiyo Kitob Yakkabogʻ Koson Gʻuzor Chiroqchi Qamashi Muborak Nishon Xonqa Hazorasp Gurlan Bogʻot Shovot Moʻynoq Qoʻngʻirot Xoʻjayli Chimboy Beruniy Toʻrtkoʻl Ellikqalʼa
Sirgʻali Chilonzor Yunusobod Olmazor Mirzo-Ulugʻbek Shayxontohur Uchtepa Yakkasaroy Bektemir Mirobod Yashnobod Parkent Boʻka Piskent Oqqoʻrgʻon Qibray Ohangaron Boyovut Xovos Sardoba Sayxunobod`;
/** Towns and districts as Karakalpak calls them. */
const karakalpak = `Nókis Moynaq Qońırat Shımbay Xojeli Taqıyatas Tórtkúl Beruniy Ellikqala Ámiwdárya Qaraózek Kegeyli Qanlıkól Shomanay Taxtakópir Bozataw Qaraqalpaqstan`;

const russian = `Ташкент Самарканд Бухара Хива Наманган Андижан Фергана Коканд Маргилан Джизак Гулистан Навои Зарафшан Карши Шахрисабз Термез Нукус Ургенч Ангрен Алмалык Чирчик Бекабад Янгиюль Хорезм Сурхандарья Кашкадарья Сырдарья
Каракалпакстан Зомин Заамин Фариш Галляарал Бахмал Пахтакор Зафарабад Ургут Каттакурган Иштыхан Булунгур Джамбай Пастдаргом Нурабад Пап Чуст Касансай Учкурган Чартак Янгикурган Асака Шахрихан Риштан Кува Алтыарык Багдад Гиждуван Денау Шерабад
Байсун Китаб Гузар Чиракчи Муйнак Кунград Ходжейли Чимбай Беруни Турткуль Сергели Чиланзар Юнусабад Алмазар Шайхантахур Учтепа Яккасарай Мирабад Паркент Кибрай`;

export const knownPlaces: readonly string[] = `${uzbek} ${karakalpak} ${russian}`.split(/\s+/).filter(Boolean);

/** Words that make a place of the name before them: "Bogʻishamol mahallasi". Folded, as stems. */
export const placeWordsAfter: readonly string[] = ['mahalla', 'kucha', 'kocha', 'kishlok', 'tuman', 'shahar', 'shahr', 'viloyat', 'mfy', 'posyolka', 'ovul', 'shaharcha', 'daha', 'mavze', 'hududi', 'guzar', 'kvartal', 'rayon', 'avil', 'koshe', 'mahalle', 'valayat', 'kalasi', 'district', 'region', 'village', 'street', 'makhalla', 'province'];
/** Words that make a place of the name after them, Russian by their beginnings. */
export const placeWordsBefore: readonly string[] = ['улиц', 'ул', 'махалл', 'кишлак', 'село', 'сел', 'посёлок', 'поселок', 'посёлк', 'поселк', 'город', 'г', 'проспект', 'переулок', 'переулк', 'квартал', 'массив', 'аул', 'мфй', 'тупик', 'сход'];
/** Russian words that make a place of an adjective before them: "Зааминский район". By their beginnings. */
export const placeWordsAfterRussian: readonly string[] = ['район', 'област', 'махалл', 'улиц', 'вилоят', 'туман', 'сельсовет'];

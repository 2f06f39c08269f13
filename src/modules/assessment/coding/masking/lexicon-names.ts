/**
 * Given names common in Uzbekistan, as a start: who is not in the list is found by form, by how she is addressed, or by her
 * capital letter. Uzbek in Latin; other spellings (Cyrillic, Russian, x or h, q or k) fall together when words are folded.
 */
const women = `Nodira Dilnoza Dilfuza Dilbar Dildora Dilorom Dilshoda Dilrabo Gulnora Gulnoza Gulchehra Gulbahor Gulshan Gulsanam Gulmira
Gulruh Gulandom Gulasal Guli Malika Madina Mohira Mohinur Mavluda Mavjuda Maftuna Matluba Mahliyo Manzura Marhabo Mashhura Mastura Maysara
Munira Muattar Mubina Munisa Muqaddas Mukarram Muazzam Musharraf Nargiza Nigora Nilufar Nozima Nozila Nasiba Nafisa Nazokat Nasima Naima
Oydin Oygul Oynisa Ominaxon Omina Ozoda Parvina Raʼno Rano Raxima Rahima Rayhona Robiya Roziya Rohila Ruxsora Ruhshona Sabohat Saida
Saodat Salima Sanobar Sarvinoz Sevara Sevinch Shahnoza Shahlo Shahzoda Shoira Shohida Shirin Sitora Surayyo Tabassum Tamara Umida Xadicha
Xolida Xosiyat Xurshida Hulkar Husnora Hilola Hanifa Hamida Zamira Zarina Zarnigor Zebiniso Zebo Zilola Ziyoda Zubayda Zuhra Zulayho Zulfiya
Zumrad Zulxumor Feruza Farida Fotima Firuza Fazilat Barno Bashorat Charos Dono Durdona Enajon Farangiz Feruzaxon Inobat Intizor Jamila Kamola
Karima Klara Komila Kumush Laylo Lobar Latofat Lutfiya Ra'no Rixsi Rixsixon Tursunoy Tojixon Uguloy Oʻgʻiloy Yulduzxon Yodgora Ibodat Izzat
Habiba Halima Asal Asila Aziza Adiba Alfiya Anora Anorxon Asolat Barchinoy Bibisora Binafsha Bonu Diyora Ezoza Farzona Gavhar Guzal Goʻzal
Iqbola Jannat Kamila Kifoyat Lazokat Maʼmura Mamura Maʼsuda Masuda Mehriniso Mehri Mokhira Nazira Nodirabegim Oltinoy Orasta Oysha Oyshaxon Pokiza Qunduz
Rohatoy Sayyora Sharofat Shodiya Tohira Toʻxtaxon Turgʻunoy Vasila Xayriniso Xumora Yoqut Yorqinoy Zaynab Zarifa Zebuniso Zulfizar Aygul Aysuluw Gulayim Gulzar Biybigul Ayjamal Perizat
Malohat Mahbuba Mahfuza Makhsuma Maxsuma Mamlakat Marziya Mehrangiz Mukhlisa Muxlisa Nasrin Nurjahon Oqila Rafoat Ravshanoy Saltanat Sojida Shaxlo Ugʻiljon Xumoyun Hosila Zuhro`;

const men = `Karim Rustam Aziz Anvar Akmal Akbar Alisher Abdulla Abdullo Abdurahmon Abdusalom Abdujabbor Abduvali Abror Adham Ahmad Ahror Amir Asad Asror Avaz
Azamat Azizbek Bahodir Bahrom Baxtiyor Behzod Bekzod Bobur Botir Bunyod Davron Diyor Dilmurod Dilshod Doniyor Elbek Eldor Elyor Erkin Farhod Farrux
Fayzulla Firdavs Furqat Habib Hamid Hasan Husan Husanboy Hikmat Ibrohim Ikrom Ilhom Ilyos Inom Islom Ismoil Isroil Jahongir Jalol Jamshid Jasur Javlon Javohir Kamol
Komil Laziz Lutfulla Mahmud Mansur Maruf Mirzo Muhammad Muhiddin Murod Muzaffar Nodir Nizom Norbek Nosir Nurali Nuriddin Odil Ochil Olim Oybek Oʻktam Otabek
Ozod Polat Poʻlat Qahramon Qobil Qodir Qosim Rahim Rahmatulla Ravshan Rasul Rashid Ruslan Sanjar Sardor Sarvar Said Saidakbar Salim Samandar Sattor Shavkat Sherzod Shohruh
Shukrat Shuhrat Sobir Sodiq Suhrob Sulton Sunnat Temur Toʻlqin Tohir Tolib Tursun Ubaydulla Ulugʻbek Umar Umid Usmon Valijon Valisher Vohid Xayrulla Xudoyberdi Xurshid
Yoqub Yorqin Yunus Yusuf Zafar Zokir Zohid Ziyod Zuhriddin Abdugʻani Eshmat Toshmat Toʻra Normat Nurmat Mamat Mamatqul Eshqul Xoliq Rajab Ramazon Shaʼbon Sobirjon Olimjon Qoʻchqor Tolqin
Begzod Bilol Dovud Eshonqul Fazliddin Gʻayrat Gʻani Gʻofur Halim Husniddin Imom Jumaboy Lochin Mirkomil Muslim Nasriddin Navroʻz Oqil Orif Parda Qurbon Quvondiq Ravshanbek Saydulla Shams Shodmon Tilovmurod Xolmat Yigitali Zayniddin Quwat Paraxat Salamat`;

/** Names that are everyday words too: proposed where they are written as names. */
const alsoWords = `Umid Lola Gul Gulzor Nur Orzu Erkin Aziz Yulduz Davlat Mehri Sadoqat Muhabbat Adolat Iroda Saodat Sabr Bahor Oydin Oy Hurriyat Shirin Sevinch Baxt Ravshan Islom Imom Muslim Asal Izzat
Gavhar Guzal Goʻzal Yorqin Jannat Ozod Ozoda Kamol Murod Zamon Ibodat Kumush Navroʻz Qurbon Ramazon Said Tursun Halim Olim Odil Komil Hikmat Rahim Karim Orif Lochin Parda Xoliq Salim Diyor Hasan Rasul Muhammad Inobat Intizor Latofat Malohat Mamlakat Poʻlat Sulton
Ochil Qahramon Nizom Sobir Nodir Sodiq Laziz Barno Dono Charos Lobar Mohira Nafisa Fazilat Bashorat Nazokat Binafsha Durdona Zumrad Kifoyat Orasta Pokiza Shodmon Quvondiq Toʻra Tolib Sharofat Hamid Habib Mirzo Yodgora
Вера Надежда Любовь Роман Слава Роза Лев Мир Мила Света Рая Майя Лилия Виктория Амир Марк`;

/** Russian given names with their everyday forms. */
const russian = `Анна Аня Анечка Нюра Мария Маша Маруся Елена Лена Алёна Алена Ольга Оля Наталья Наталия Наташа Татьяна Таня Ирина Ира Светлана Света Людмила Люда Люся Мила Галина Галя Валентина Валя Нина
Надежда Надя Вера Любовь Люба Екатерина Катя Юлия Юля Анастасия Настя Дарья Даша Ксения Оксана Лариса Лара Тамара Тома Раиса Рая Зоя Зинаида Зина Антонина Тоня Александра Саша Виктория Вика Марина
Евгения Женя Алла Алина Диана Инна Инесса Жанна Кристина Лидия Лида Лилия Лиля Маргарита Рита Полина Роза София Софья Соня Эльвира Эмма Яна Клавдия Римма Регина Снежана Фаина Эльмира Альбина Алсу Гузель
Александр Алексей Лёша Алёша Андрей Антон Аркадий Артём Борис Боря Вадим Валерий Валера Василий Вася Виктор Витя Виталий Владимир Вова Володя Владислав Влад Вячеслав Слава Геннадий Гена Георгий Григорий Гриша
Даниил Денис Дмитрий Дима Евгений Егор Иван Ваня Игорь Илья Кирилл Константин Костя Леонид Лёня Максим Макс Михаил Миша Николай Коля Олег Павел Паша Пётр Петя Роман Рома Сергей Серёжа Станислав Стас Степан
Тимур Фёдор Федя Эдуард Эдик Юрий Юра Ярослав Руслан Ренат Марат Рафаэль Ильдар Альберт Артур Давид Семён Тихон Захар Матвей Глеб Арсен Армен Эрик`;

const list = (text: string): string[] => text.split(/\s+/).filter(Boolean);

export const givenNames: readonly string[] = [...list(women), ...list(men), ...list(russian)];
export const namesThatAreWords: readonly string[] = list(alsoWords);

/** How people are addressed, in folded form: what stands before is a name. */
export const honorificsAfter: readonly string[] = list(
	'opa opam opamiz aka akam akamiz aya hola holam hola amaki tog\u2018a toga buvi buvim momo bobo ona ota kelin keli\u02bbn ustoz domla domlo begim hon jon boy bek oyi qizi ugli ogli hoji hojj pochcha yanga opajon akajon muallima apa aga ogay jenge ini ene enem kaynaga uli kizi'
);

/** What stands before a name in Russian, in small letters. */
export const addressesBefore: readonly string[] = list('тётя тетя тёти тети тёте тете тётю тетю дядя дяди дяде дядю баба бабы бабушка бабушки бабушке дедушка дедушки гражданка гражданин гражданки гражданина госпожа господин господина mr mrs ms miss dr aunt auntie uncle');

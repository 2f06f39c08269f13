/** Words that are written with a capital letter within a sentence and name nobody. Folded. */
export const capitalised: readonly string[] = `uzbekiston uzbekistan respublika respublikasi prezident konstitutsiya konstitusiya alloh hudo allah olloh bog inshaalloh inshoolloh kuron koran
senat oliy majlis vazirlar mahkamasi mahkama hukumat parlament internet telegram instagram facebook youtube tiktok whatsapp viber imo odnoklassniki google zoom skype
siz sizning sizni sizga sizda sizdan sizlar vi vam vas vami vash vasha vashi vashu vashego vashey
yanvar fevral mart aprel may iyun iyul avgust sentyabr sentabr oktyabr oktabr noyabr dekabr dushanba seshanba chorshanba payshanba juma shanba yakshanba
rossiya rossii rossiyu rossiyani moskva moskvi moskve turkiya turtsiya kozogiston kirgiziston tojikiston suriya irok afgoniston amerika evropa koreya hitoy
uzbek uzbekcha rus ruscha tojik kozok kirgiz korakalpok
bmt mfy iib iiv zags fhdyo ooo omv bpm nnt nno oav sms gps tv sh boy ayollar kengashi navruz ramazon hayit kurbon ramadan yangi yil
oon rf sssr ussr spid vich onk vrach skoraya
hamkor saferworld dialog istiklol avlodi
i god lord quran islam muslim christian mr mrs ms miss dr prof english korean turkish chinese american european russian russia uzbek tajik kazakh kyrgyz karakalpak germany turkey korea kazakhstan moscow
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december ngo un eu usa uk police ramadan eid nowruz`.split(/\s+/).filter(Boolean);

/** Who speaks in a transcript: not names. Folded. */
export const speakers: readonly string[] = `savol javob intervyuer intervyuyer intervyu suhbatdosh suhbatlashuvchi moderator ishtirokchi boshlovchi respondent interviewer participant question answer
soraw juwap sorawshi sawbetles qatnasiwshi
vopros otvet intervyuyer uchastnitsa uchastnisa uchastnik veduschiy vedushiy vedushaya sobesednitsa sobesednisa sobesednik s j i r m a b v o q k izoh eslatma sana til joy primechanie data mesto yazik hodim mijoz psiholog yurist eksp
ona ota kelin kaynona er hotin kizim ayol erkak odamlar`.split(/\s+/).filter(Boolean);

/** Words that stand before an honorific without being a name: "katta opam". Folded. */
export const notBeforeHonorific: readonly string[] = `katta kichik kichkina bu shu u usha mana men sen biz bitta bir ikki uch hamma kup eng yahshi uz oz mening sening bizning ularning har eski yangi begona kaynona hola amma boshka kushni usta doktor umr opa aka va ham lekin keyin endi yosh anavi uning uning hurmatli aziz kaysi kim nima agar kayin`.split(/\s+/).filter(Boolean);

/** ISO 3166-1: each country's two letters, followed by its three letters. */
const codes = [
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA',
  'BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG',
  'CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU',
  'EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL',
  'GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD',
  'IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO',
  'LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG',
  'MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL',
  'NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU',
  'RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV',
  'SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA',
  'UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE',
].flatMap((line) => line.split(' '));

/** Abbreviations that are not codes of ISO 3166. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['UK', 'GB'],
  ['EEUU', 'US'],
  ['EUA', 'US'],
]);

/** Countries by the names that shoppers' browsers show for them. Built on first use. */
let byName: ReadonlyMap<string, Country> | undefined;

const countries: readonly Country[] = codes.map((code) => ({ alpha2: code.slice(0, 2), alpha3: code.slice(2) }));

const byCode: ReadonlyMap<string, Country> = new Map(
  countries.flatMap((country) => [country.alpha2, country.alpha3].map((code): [string, Country] => [code, country])),
);

export interface Country {
  readonly alpha2: string;
  readonly alpha3: string;
}

/** Reads a country that was typed as a code of two or three letters, or by its name in Spanish, English or Portuguese. */
export function readCountry(typed: string | undefined): Country | undefined {
  const folded = foldName(typed ?? '');
  const name = aliases.get(folded) ?? folded;
  return byCode.get(name) ?? (byName ??= listNames()).get(name);
}

function listNames(): ReadonlyMap<string, Country> {
  const names = ['es', 'en', 'pt'].flatMap((locale) => {
    const display = new Intl.DisplayNames(locale, { type: 'region' });
    return countries.map((country): [string, Country] => [foldName(String(display.of(country.alpha2))), country]);
  });
  return new Map(names);
}

/** Removes accents, spaces and punctuation: *Perú* and *PERU* become the same name. */
function foldName(name: string): string {
  return name.normalize('NFKD').replace(/\P{L}/gu, '').toUpperCase();
}

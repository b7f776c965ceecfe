using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>Cuts a résumé into its sections by the headings people give them.</summary>
internal static partial class ResumeSections
{
    private static readonly string[] Work =
    [
        "employment", "employment history", "work experience", "professional experience", "experience", "work history", "career history",
        "career", "relevant experience", "berufserfahrung", "beruflicher werdegang",
        "berufspraxis", "experience professionnelle", "experiences professionnelles", "parcours professionnel", "werkervaring",
        "arbetslivserfarenhet", "erhvervserfaring", "arbeidserfaring", "experiencia profesional",
        "experiencia laboral", "experiencia", "esperienza professionale", "esperienze professionali", "esperienza lavorativa",
        "experiencia profissional", "pengalaman kerja", "tyokokemus", "doswiadczenie zawodowe", "pracovni zkusenosti",
        "pracovni zkusenost", "praxe", "zamestnani", "pracovne skusenosti", "szakmai tapasztalat", "munkatapasztalat",
        "experienta profesionala", "radno iskustvo", "delovne izkusnje", "опыт работы", "опыт", "трудовая деятельность",
    ];

    private static readonly string[] Education =
    [
        "education", "education and training", "academic background", "academic qualifications", "qualifications",
        "education & training", "ausbildung", "bildungsweg", "studium", "schulbildung", "aus- und weiterbildung",
        "formation", "formations", "etudes", "diplomes", "opleiding", "opleidingen", "utbildning", "uddannelse", "utdanning",
        "educacion", "formacion academica", "formacion", "istruzione", "istruzione e formazione",
        "formacao academica", "formacao", "pendidikan", "koulutus", "wyksztalcenie", "vzdelani", "vzdelanie", "tanulmanyok",
        "vegzettseg", "educatie", "studii", "obrazovanje", "izobrazba", "образование", "освіта",
    ];

    private static readonly string[] Others =
    [
        "skills", "technical skills", "key skills", "core competencies", "projects", "personal projects", "governance", "affiliation",
        "affiliations", "samples", "writing", "publications", "reading", "service", "volunteer", "volunteering",
        "volunteer experience", "recognition", "awards", "honors", "honours", "achievements", "certifications", "certificates",
        "licenses", "interests", "hobbies", "languages", "references", "referees", "testimonials", "info", "summary",
        "profile", "objective", "career objective", "personal details", "personal information", "contact", "about", "about me",
        "extracurricular", "memberships", "training", "courses", "social", "speaking", "disposition", "kenntnisse", "sprachen",
        "sprachkenntnisse", "interessen", "referenzen", "personliche daten", "edv-kenntnisse", "competences", "langues",
        "centres d'interet", "loisirs", "vaardigheden", "talen", "hobby's", "fardigheter", "sprak", "referenser", "kompetencer",
        "sprog", "kompetanse", "idiomas", "habilidades", "aptitudes", "lingue", "competenze", "interessi", "kemahiran", "bahasa",
        "kielitaito", "umiejetnosci", "jazyky", "jazykove znalosti", "dovednosti", "znalosti", "zrucnosti", "zajmy", "konicky",
        "nyelvtudas", "keszsegek", "limbi straine", "competente", "jezyki", "zainteresowania", "harrastukset", "taidot", "навыки",
        "ключевые навыки", "языки", "о себе", "сертификаты", "дополнительно", "личные данные",
    ];

    public static IReadOnlyList<PageRow> WorkRows(Page page) => Rows(page, IsWork);

    public static IReadOnlyList<PageRow> EducationRows(Page page) => Rows(page, IsEducation);

    public static bool IsHeading(PageRow row) => IsHeading(Heading(row));

    public static bool IsHeading(PageCell cell) => IsHeading(Heading(cell.Folded));

    private static bool IsHeading(string heading) => heading.Length > 0 && (IsWork(heading) || IsEducation(heading) || IsOther(heading));

    /// <summary>How many different sections a document has.</summary>
    public static int Count(Page page) => page.Rows.Where(IsHeading).Select(Heading).Distinct().Count();

    private static bool IsWork(string heading) => Work.Contains(heading) || WorkWords().IsMatch(heading);

    private static bool IsEducation(string heading) => Education.Contains(heading) || EducationWords().IsMatch(heading);

    private static bool IsOther(string heading) => Others.Contains(heading) || OtherWords().IsMatch(heading);

    private static List<PageRow> Rows(Page page, Func<string, bool> isOne)
    {
        var rows = new List<PageRow>();
        var inside = false;
        foreach (var row in page.Rows)
        {
            if (IsHeading(row))
            {
                inside = isOne(Heading(row));
            }
            else if (inside)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static string Heading(PageRow row) => Heading(row.Folded);

    private static string Heading(string folded)
    {
        var text = Edges().Replace(folded, "");
        return text.Length <= 40 ? Words.Collapse(text) : "";
    }

    // Marks, bullets and pictures around the words.
    [GeneratedRegex(@"^[^\p{L}\d]+|[^\p{L}\d)]+$")]
    private static partial Regex Edges();

    // A heading is the word, with words before it that qualify it or a second one joined to it: "Praktische Erfahrung", "Studies and
    // training".
    [GeneratedRegex(
        @"^(?:(?:my|selected|relevant|other|previous|current|recent|professional|berufliche[rs]?|bisherige|praktische|relevante"
        + @"|esperienze?|experiences?)\s)*(?:experiences?|experience|erfahrung(?:en)?|berufserfahrung(?:en)?|erfaring|erfarenhet(?:er)?"
        + @"|ervaring|werkervaring|loopbaan|career|employment|jobs|work|werdegang|laufbahn|parcours|emplois?|esperienz[ae](?: di lavoro"
        + @"| lavorativ[ae]| professional[ei])?|experiencia(?: laboral| profesional| profissional)?|trayectoria(?: profesional"
        + @"| laboral)?|percurso(?: profissional)?|arbeidserfaring|arbetslivserfarenhet|anstallningar|ansaettelser|beskaeftigelse"
        + @"|arbejde|tyokokemus|doswiadczenie(?: zawodowe)?|praxe|tatigkeit(?:en)?|stationen|carriera|positions held)(?:\s(?:history"
        + @"|summary|background|professionnelle?s?|professionnel|\p{L}*laufbahn|(?:and|und|et|en|e|y|og|och|&|in|im|of"
        + @"|bei)\s\p{L}+(?:\s\p{L}+)?))?$")]
    private static partial Regex WorkWords();

    [GeneratedRegex(
        @"^(?:(?:my|academic|formal|relevant|higher|schulische|akademische|formazione|educacion|formacion)\s)*(?:education|studies"
        + @"|studi|studier|etudes|studium|bildung|ausbildung(?:en)?|schulbildung|bildungsweg|schule|lehre|formations?"
        + @"|formation academique|diplomes?|scolarite|opleiding(?:en)?|scholing|utbildning(?:ar)?|uddannelser?|utdanning|utdannelse"
        + @"|istruzione|formazione|titoli di studio|educacion|estudios|formacion(?: academica)?|formacao(?: academica)?"
        + @"|habilitacoes(?: literarias)?|escolaridade|koulutus|edukacja|wyksztalcenie|vzdelani|background|qualifications?|schooling"
        + @"|degrees?|training)(?:\s(?:background|academica|academique|(?:and|und|et|en|e|y|og|och|&)\s\p{L}+(?:\s\p{L}+)?))?$")]
    private static partial Regex EducationWords();

    [GeneratedRegex(
        @"^(?:(?:my|key|core|technical|it|edv|digital|personal|soft|other|weitere|sonstige|persoonlijke|personliche"
        + @"|berufliche)\W)*(?:skills?|tools|technologies|kenntnisse|fahigkeiten|kompetenz(?:en)?|competences?|competencies|competenze"
        + @"|competencias|compet[e]nties|vaardigheden|fardigheter|ferdigheter|kompetenc(?:er)?|kompetens(?:er)?|sprachen"
        + @"|sprachkenntnisse|talenkennis|talen|langues|lingue|idiomas|sprakkunskaper|sprak|sprog|languages?|interests?|interessen?"
        + @"|interesser|centres? d'interet|loisirs|hobb(?:y|ies|y's)|hobbyer|fritid|references?|referenzen|referenties|referenser"
        + @"|referencer|contact|kontakt|contatti|profile?|profil|profiel|profilo|perfil|about(?: me)?|uber mich|om mig|om meg|strengths"
        + @"|starken|achievements|awards|publications|projects?|projekte|courses|kurse|cursussen|certifications?|zertifikate"
        + @"|weiterbildung(?:en)?|volunteering|ehrenamt|vrijwilligerswerk|bevoegdheden|objectives?|summary)(?:\s(?:(?:and|und|et|en|e|y"
        + @"|og|och|&)\s\p{L}+))?$")]
    private static partial Regex OtherWords();
}

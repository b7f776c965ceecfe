using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Identity;

/// <summary>Cuts a résumé into its sections by the headings people give them.</summary>
internal static class ResumeSections
{
    private static readonly string[] Work =
    [
        "employment", "employment history", "work experience", "professional experience", "experience", "work history", "career history", "career", "relevant experience", "berufserfahrung", "beruflicher werdegang",
        "berufspraxis", "experience professionnelle", "experiences professionnelles", "parcours professionnel", "werkervaring", "arbetslivserfarenhet", "erhvervserfaring", "arbeidserfaring", "experiencia profesional",
        "experiencia laboral", "experiencia", "esperienza professionale", "esperienze professionali", "esperienza lavorativa", "experiencia profissional", "pengalaman kerja", "tyokokemus", "doswiadczenie zawodowe",
    ];

    private static readonly string[] Education =
    [
        "education", "education and training", "academic background", "academic qualifications", "qualifications", "education & training", "ausbildung", "bildungsweg", "studium", "schulbildung", "aus- und weiterbildung",
        "formation", "formations", "etudes", "diplomes", "opleiding", "opleidingen", "utbildning", "uddannelse", "utdanning", "educacion", "formacion academica", "formacion", "istruzione", "istruzione e formazione",
        "formacao academica", "formacao", "pendidikan", "koulutus", "wyksztalcenie",
    ];

    private static readonly string[] Others =
    [
        "skills", "technical skills", "key skills", "core competencies", "projects", "personal projects", "governance", "affiliation", "affiliations", "samples", "writing", "publications", "reading", "service", "volunteer", "volunteering",
        "volunteer experience", "recognition", "awards", "honors", "honours", "achievements", "certifications", "certificates", "licenses", "interests", "hobbies", "languages", "references", "referees", "testimonials", "info", "summary",
        "profile", "objective", "career objective", "personal details", "personal information", "contact", "about", "about me", "extracurricular", "memberships", "training", "courses", "social", "speaking", "disposition", "kenntnisse", "sprachen",
        "sprachkenntnisse", "interessen", "referenzen", "personliche daten", "edv-kenntnisse", "competences", "langues", "centres d'interet", "loisirs", "vaardigheden", "talen", "hobby's", "fardigheter", "sprak", "referenser", "kompetencer",
        "sprog", "kompetanse", "idiomas", "habilidades", "aptitudes", "lingue", "competenze", "interessi", "kemahiran", "bahasa", "kielitaito", "umiejetnosci",
    ];

    public static IReadOnlyList<PageRow> WorkRows(Page page) => Rows(page, Work);

    public static IReadOnlyList<PageRow> EducationRows(Page page) => Rows(page, Education);

    public static bool IsHeading(PageRow row) => Heading(row) is { Length: > 0 } heading && (Work.Contains(heading) || Education.Contains(heading) || Others.Contains(heading));

    private static List<PageRow> Rows(Page page, string[] names)
    {
        var rows = new List<PageRow>();
        var inside = false;
        foreach (var row in page.Rows)
        {
            if (IsHeading(row))
            {
                inside = names.Contains(Heading(row));
            }
            else if (inside)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static string Heading(PageRow row)
    {
        var text = Words.Collapse(row.Folded).Trim(' ', '#', '*', '-', '=', '_', ':', '|', '•', '~', '–', '—');
        return text.Length <= 40 ? text : "";
    }
}

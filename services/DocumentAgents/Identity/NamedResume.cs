using DocumentAgents.Facts;
using DocumentAgents.Reading;
using DocumentAgents.Trade;

namespace DocumentAgents.Identity;

/// <summary>A résumé in JSON or XML of an unknown vocabulary: by what its members are called.</summary>
internal static class NamedResume
{
    private static readonly string[] Work =
    [
        "work", "workexperience", "experience", "experiences", "employment", "employmenthistory", "jobs", "positions", "career", "history",
        "experiencedetails", "employmentdetails",
    ];

    private static readonly string[] School = ["education", "educations", "studies", "schools", "degrees", "academic", "educationdetails"];
    private static readonly string[] Inside =
        [.. Work, .. School, "references", "reference", "projects", "languages", "skills", "certifications"];

    public static void Read(FieldList fields, DocumentContent content)
    {
        var leaves = NamedLeaf.Of(content);
        var person = leaves.Where(leaf => !leaf.IsIn(Inside)).ToList();
        AddFirst(fields, FieldName.Name, person, "fullname", "name", "displayname");
        AddFirst(fields, "email", person, "email", "emailaddress", "mail");
        AddFirst(fields, "phone", person, "phone", "phonenumber", "telephone", "mobile", "tel");
        AddFirst(fields, "label", person, "label", "title", "headline", "jobtitle", "role");
        AddFirst(fields, "city", person, "city", "town");
        AddAll(fields, "employers", leaves.Where(leaf => leaf.IsIn(Work)), "company", "companyname", "employer", "organization",
            "organisation", "name");
        AddAll(fields, "institutions", leaves.Where(leaf => leaf.IsIn(School)), "institution", "school", "schoolname", "university",
            "college", "name");
    }

    private static void AddFirst(FieldList fields, string field, List<NamedLeaf> leaves, params string[] names)
    {
        var leaf = names.Select(name => leaves.Find(candidate => candidate.Name == name && candidate.Value.Length > 0))
            .FirstOrDefault(candidate => candidate is not null);
        if (leaf is not null)
        {
            fields.Add(field, leaf.Value, leaf.Place, 0.85);
        }
    }

    private static void AddAll(FieldList fields, string field, IEnumerable<NamedLeaf> leaves, params string[] names)
    {
        var known = leaves.ToList();
        var best = names.FirstOrDefault(name => known.Any(leaf => leaf.Name == name));
        foreach (var leaf in known.Where(leaf => leaf.Name == best && leaf.Value.Length > 0 && !fields.HasValue(field, leaf.Value)))
        {
            fields.Add(field, leaf.Value, leaf.Place, 0.85);
        }
    }
}

namespace Orchestration.Domain.Plans;

/// <summary>Text → nodes, YAML or JSON, within limits.</summary>
internal static class DocumentReader
{
    internal static DocumentNode? Read(string text, DocumentLimits limits, ProblemList problems)
    {
        if (text.Length > limits.MaxCharacters)
        {
            problems.Add(ProblemCode.TooLarge, "", new Mark(1, 1), DocumentLimits.Message(
                "is longer than", limits.MaxCharacters, "characters"));
            return null;
        }

        // JSON goes through a JSON reader: YAML refuses some of it, such as tabs and escaped surrogate pairs. What looks like
        // JSON and is not may be YAML in flow style.
        if (!LooksLikeJson(text))
        {
            return Try(() => YamlDocument.Read(text, limits, problems), problems);
        }

        var jsonProblems = new ProblemList();
        if (Try(() => JsonTree.Read(text, limits, jsonProblems), jsonProblems) is { } json)
        {
            problems.AddRange(jsonProblems.ToImmutable());
            return json;
        }

        if (jsonProblems.ToImmutable() is not [.., { Code: ProblemCode.Syntax }])
        {
            problems.AddRange(jsonProblems.ToImmutable());
            return null;
        }

        var yamlProblems = new ProblemList();
        DocumentNode? yaml = Try(() => YamlDocument.Read(ScriptComments.Blank(text), limits, yamlProblems), yamlProblems);
        problems.AddRange((yaml is null ? jsonProblems : yamlProblems).ToImmutable());
        return yaml;
    }

    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart("\uFEFF \t\r\n") is ['{' or '[', ..];

    private static DocumentNode? Try(Func<DocumentNode> read, ProblemList problems)
    {
        try
        {
            return read();
        }
        catch (DocumentException problem)
        {
            problems.Add(problem.Code, "", problem.At, problem.Message);
            return null;
        }
    }
}

namespace DocumentAccuracy;

/// <summary>Prints what is wrong about the relations.</summary>
internal static class RelationReport
{
    public static void Write(RelationFigures relations, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Relations between documents: {relations.Found} of {relations.Expected} found, {relations.DifferencesFound} of {relations.DifferencesExpected} differences found");
        Write(output, "missed", relations.Missed);
        Write(output, "false alarm", relations.FalseAlarms);
        Write(output, "also linked", relations.Unlisted);
    }

    private static void Write(TextWriter output, string heading, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine($"  {heading,-12} {line}");
        }
    }
}

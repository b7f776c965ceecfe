namespace DocumentAccuracy;

internal static class RelationReport
{
    public static void Write(RelationFigures relations, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Relations between documents");
        foreach (var missed in relations.Missed)
        {
            output.WriteLine($"  missed       {missed}");
        }

        foreach (var alarm in relations.FalseAlarms)
        {
            output.WriteLine($"  false alarm  {alarm}");
        }
    }
}

using System.Globalization;

namespace DocumentAccuracy;

/// <summary>Prints the figures for people.</summary>
internal static class TextReport
{
    public static void Write(Figures figures, TextWriter output)
    {
        Confusion(figures, output);
        output.WriteLine();
        output.WriteLine("Accuracy by type");
        foreach (var group in figures.Types.GroupBy(outcome => outcome.Expected).OrderByDescending(group => group.Count()))
        {
            var fields = figures.Fields.Where(outcome => outcome.Type == group.Key).ToList();
            output.WriteLine($"  {group.Key,-20} type {Ratio(group, outcome => outcome.Right)}   fields {Ratio(fields, outcome => outcome.Right)}");
        }

        output.WriteLine();
        output.WriteLine("Accuracy by field (types with a target)");
        foreach (var group in figures.Fields.Where(outcome => Figures.KeyTypes.Contains(outcome.Type)).GroupBy(outcome => outcome.Field)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {group.Key,-32} {Ratio(group, outcome => outcome.Right)}");
        }

        Errors(figures, output);
        RelationReport.Write(figures.Relations, output);
        Misses(figures, output);
        Summary(figures, output);
    }

    private static void Confusion(Figures figures, TextWriter output)
    {
        output.WriteLine("Confusion matrix (rows: true type, columns: what it was taken for)");
        var columns = figures.Types.Select(outcome => outcome.Actual).Distinct().Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"  {"",-20}{string.Concat(columns.Select(column => $" {Short(column),5}"))}");
        foreach (var row in figures.Types.GroupBy(outcome => outcome.Expected).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var cells = columns.Select(column => row.Count(outcome => outcome.Actual == column))
                .Select(count => $" {(count == 0 ? "." : count.ToString(CultureInfo.InvariantCulture)),5}");
            output.WriteLine($"  {row.Key,-20}{string.Concat(cells)}");
        }
    }

    private static string Short(string type) => type.Length <= 5
        ? type
        : string.Concat(type.Split('_').Select(word => word[..Math.Min(word.Length, type.Contains('_') ? 2 : 5)]));

    private static void Errors(Figures figures, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Files to be refused, and refusals that should not be");
        foreach (var outcome in figures.Errors)
        {
            output.WriteLine($"  {(outcome.Right ? "right" : "WRONG")}  {outcome.File,-20} expected {outcome.Expected,-26} got {outcome.Actual,-16} {outcome.Message}");
        }
    }

    private static void Misses(Figures figures, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Misses");
        foreach (var outcome in figures.Types.Where(outcome => !outcome.Right))
        {
            output.WriteLine($"  {outcome.File}: {outcome.Expected} taken for {outcome.Actual} ({outcome.Evidence})");
        }

        foreach (var outcome in figures.Fields.Where(outcome => !outcome.Right))
        {
            output.WriteLine($"  {outcome.File} {outcome.Field}: expected '{outcome.Expected}', got '{outcome.Actual}'");
        }
    }

    private static void Summary(Figures figures, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Type accuracy, types with a target   {Percent(figures.KeyTypeAccuracy)}  (target {Percent(Figures.KeyTypeTarget)})");
        output.WriteLine($"Type accuracy, all files             {Percent(figures.TypeAccuracy)}  (target {Percent(Figures.TypeTarget)})");
        output.WriteLine($"Field accuracy, types with a target  {Percent(figures.KeyFieldAccuracy)}  (target {Percent(Figures.FieldTarget)})");
        output.WriteLine($"Field accuracy, all files            {Percent(figures.FieldAccuracy)}");
        output.WriteLine($"Error classes                        {figures.Errors.Count(outcome => outcome.Right)} of {figures.Errors.Count} right");
        output.WriteLine($"Relations                            {figures.Relations.Found} of {figures.Relations.Expected} found, differences {figures.Relations.DifferencesFound} of {figures.Relations.DifferencesExpected} found, {figures.Relations.FalseAlarms.Count} false alarms");
        output.WriteLine($"{figures.Types.Count} files typed, {figures.Fields.Count} fields compared, {figures.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        output.WriteLine(figures.Passed ? "PASSED" : "BELOW TARGET");
    }

    private static string Ratio<T>(IEnumerable<T> outcomes, Func<T, bool> right)
    {
        var all = outcomes.ToList();
        return all.Count == 0 ? "   -" : $"{all.Count(right),4} of {all.Count,-4} {Percent((double)all.Count(right) / all.Count),8}";
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}

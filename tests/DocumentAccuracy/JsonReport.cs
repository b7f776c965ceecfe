using System.Text.Json;

namespace DocumentAccuracy;

/// <summary>Writes the figures for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Write(Figures figures, string path)
    {
        var report = new
        {
            figures.Passed,
            figures.KeyTypeAccuracy,
            figures.TypeAccuracy,
            figures.KeyFieldAccuracy,
            figures.FieldAccuracy,
            seconds = figures.Elapsed.TotalSeconds,
            confusion = figures.Types.GroupBy(outcome => outcome.Expected)
                .ToDictionary(row =>
                    row.Key, row => row.GroupBy(outcome => outcome.Actual).ToDictionary(cell => cell.Key, cell => cell.Count())),
            field_accuracy_by_name = figures.Fields.GroupBy(outcome => outcome.Field)
                .ToDictionary(group => group.Key, group => Figures.Share(group, outcome => outcome.Right)),
            type_misses = figures.Types.Where(outcome => !outcome.Right),
            field_misses = figures.Fields.Where(outcome => !outcome.Right),
            errors = figures.Errors,
            relations = figures.Relations,
        };
        File.WriteAllText(path, JsonSerializer.Serialize(report, Options));
    }
}

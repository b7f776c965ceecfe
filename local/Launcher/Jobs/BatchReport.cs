using System.Globalization;
using System.Text.Json;
using Orchestration.Client;

namespace Launcher.Jobs;

/// <summary>Writes what the reporting stage returned and prints its summary.</summary>
internal static class BatchReport
{
    public static async Task<int> WriteAsync(
        OrchestrationClient client, Screen screen, BatchProgress progress, TimeSpan elapsed, string folder, CancellationToken cancellationToken)
    {
        var ended = progress.Ended ?? throw new LaunchException("the batch ended without a result");
        if (!StateText.IsSuccess(ended.State))
        {
            screen.Line($"The batch: {StateText.Of(ended.State)}: {ended.Failure?.Code}: {ended.Failure?.Message}");
            return 1;
        }

        var report = await client.ReadValueAsync(ended.Output.Memory, cancellationToken);
        Directory.CreateDirectory(folder);
        var json = Path.Combine(folder, "report.json");
        var markdown = Path.Combine(folder, "report.md");
        await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, ReadableJson.Options), cancellationToken);
        await File.WriteAllTextAsync(markdown, report.GetProperty("markdown").GetString(), cancellationToken);
        Summarise(screen, report.GetProperty("summary"), elapsed);
        screen.Line($"Report: {json}");
        screen.Line($"        {markdown}");
        return 0;
    }

    private static void Summarise(Screen screen, JsonElement summary, TimeSpan elapsed)
    {
        var documents = summary.GetProperty("documents").GetInt32();
        var types = summary.GetProperty("types").EnumerateObject().OrderByDescending(type => type.Value.GetInt32())
            .Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Name} {type.Value.GetInt32()}"));
        screen.Line("");
        screen.Line($"Documents:        {documents} ({summary.GetProperty("failed").GetInt32()} failed)");
        screen.Line($"Types:            {string.Join(", ", types)}");
        screen.Line($"Anomalies:        {summary.GetProperty("anomalies").GetInt32()}");
        screen.Line($"For human review: {summary.GetProperty("forReview").GetInt32()}");
        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Time:             {elapsed.TotalSeconds:0.0} s, {documents / elapsed.TotalHours:0} documents/hour"));
    }
}

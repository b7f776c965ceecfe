using System.Text.Json;

namespace Load;

/// <summary>Percentiles of a set of times, in milliseconds.</summary>
internal sealed record Times(int Count, double P50, double P95, double P99, double Max)
{
    public static Times Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return new Times(sorted.Length, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), Math.Round(sorted[^1], 2));
    }

    // Nearest rank.
    private static double At(double[] sorted, double share) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 2);
}

/// <summary>What the processes of the system had used at a moment.</summary>
internal sealed record Usage(IReadOnlyDictionary<string, (double CpuSeconds, long BytesWritten)> Processes)
{
    public static Usage Of(IEnumerable<MeasuredProcess> processes) =>
        new(processes.ToDictionary(process => process.Name, process => (process.CpuSeconds, process.BytesWritten)));

    /// <summary>CPU seconds and bytes since then, for each 1000 steps.</summary>
    public object Since(Usage before, int steps) => Processes.ToDictionary(now => now.Key, now => new
    {
        cpuSecondsPer1000Steps = Math.Round((now.Value.CpuSeconds - before.Processes[now.Key].CpuSeconds) * 1000 / steps, 3),
        bytesWrittenPer1000Steps = (now.Value.BytesWritten - before.Processes[now.Key].BytesWritten) * 1000 / steps,
    });
}

/// <summary>Prints one line for each figure.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Print(object figure) => Console.WriteLine(JsonSerializer.Serialize(figure, Json));

    public static double Megabytes(long bytes) => Math.Round(bytes / 1048576.0, 1);
}

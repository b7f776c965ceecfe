using Grpc.Core;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Plans;

/// <summary>A plan as a person names it: a file, or the id of a registered one ("name" or "name@version").</summary>
internal static class PlanSource
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>The file, or null when an id is meant.</summary>
    /// <exception cref="InputException">A file is meant and there is none.</exception>
    public static async Task<PlanDocument?> ReadAsync(string named, CancellationToken cancellationToken)
        => File.Exists(named) || named.Contains(Path.DirectorySeparatorChar)
            || Endings.Any(ending => named.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            ? await InputFile.ReadPlanAsync(named, cancellationToken)
            : null;

    /// <summary>Writes what is wrong with a plan; the source is the file as the person named it.</summary>
    public static void WriteProblems(Output output, string named, IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
        {
            output.Line(ProblemText.Line(named, problem));
        }
    }

    /// <summary>Makes a call on a plan.</summary>
    /// <exception cref="CliException">It is refused for its problems.</exception>
    public static async Task<T> TryAsync<T>(string named, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException refusal) when (ProblemText.Of(refusal) is { Count: > 0 } problems)
        {
            throw new CliException(ExitCode.Failed, $"{named} is refused", "invalid_plan") { Problems = problems, Named = named };
        }
    }
}

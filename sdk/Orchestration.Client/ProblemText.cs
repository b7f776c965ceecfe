using System.Globalization;
using Grpc.Core;
using Orchestration.Contracts;

namespace Orchestration.Client;

/// <summary>What is wrong with a plan or its inputs, in lines for people.</summary>
public static class ProblemText
{
    private const string Trailer = "problems-bin";

    /// <summary>The problems a refused call carries; none when it was refused for another reason.</summary>
    /// <param name="refusal">The refused call.</param>
    public static IReadOnlyList<Problem> Of(RpcException refusal)
        => refusal.StatusCode == StatusCode.InvalidArgument && refusal.Trailers.GetValueBytes(Trailer) is { } bytes
            ? SubmitProblems.Parser.ParseFrom(bytes).Problems
            : [];

    /// <summary>One line: <c>file:line:column: path: message [code]</c>; what is unknown is left out.</summary>
    /// <param name="source">The file, as the person named it.</param>
    /// <param name="problem">What is wrong.</param>
    public static string Line(string source, Problem problem)
    {
        var place = problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{source}:{problem.Line}:{problem.Column}") : source;
        var path = problem.Path.Length > 0 ? problem.Path + ": " : "";
        var severity = problem.Severity == Problem.Types.Severity.Warning ? "warning: " : "";
        return $"{place}: {severity}{path}{problem.Message} [{problem.Code}]";
    }
}

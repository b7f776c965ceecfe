using System.Collections.Immutable;
using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Problem = Orchestration.Domain.Plans.Problem;
using Severity = Orchestration.Domain.Plans.ProblemSeverity;

namespace Orchestrator.Runs;

/// <summary>A plan, or the inputs of a run, with everything that is wrong with it.</summary>
internal static class InvalidPlan
{
    /// <summary>Trailer of a refused call: <see cref="SubmitProblems"/>.</summary>
    public const string Trailer = "problems-bin";

    // Trailers are headers: servers and proxies limit them to a few kilobytes.
    private const int LargestTrailer = 6 * 1024;

    public static FailureException Exception(ImmutableArray<Problem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        var first = errors.Count > 0 ? errors[0].ToString() : "unknown";
        var message = errors.Count > 1 ? $"{first} … and {errors.Count - 1} more" : first;
        var failure = new Failure(FailureCode.InvalidArgument, FailureClass.Permanent, message, Retryable: false);
        return new FailureException(failure, new Metadata { { Trailer, Fit(problems).ToByteArray() } });
    }

    public static IEnumerable<Orchestration.Contracts.Problem> Map(IEnumerable<Problem> problems) => problems.Select(problem =>
        new Orchestration.Contracts.Problem
        {
            Severity = problem.Severity == Severity.Error
                ? Orchestration.Contracts.Problem.Types.Severity.Error
                : Orchestration.Contracts.Problem.Types.Severity.Warning,
            Code = problem.Code,
            Path = problem.Path,
            Line = problem.Line,
            Column = problem.Column,
            Message = problem.Message,
        });

    private static SubmitProblems Fit(ImmutableArray<Problem> problems)
    {
        var fitting = new SubmitProblems();
        foreach (var problem in Map(problems))
        {
            fitting.Problems.Add(problem);
            if (fitting.CalculateSize() > LargestTrailer)
            {
                fitting.Problems.RemoveAt(fitting.Problems.Count - 1);
                break;
            }
        }

        return fitting;
    }
}

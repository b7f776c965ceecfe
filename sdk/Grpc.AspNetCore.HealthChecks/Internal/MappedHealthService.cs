using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Answers from the health checks of ASP.NET Core, run for the request or, if so configured, periodically.</summary>
internal sealed class MappedHealthService(
    HealthServiceImpl published,
    HealthCheckService checks,
    IOptions<GrpcHealthChecksOptions> options,
    IOptions<HealthCheckOptions> checkOptions,
    IHostApplicationLifetime lifetime) : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
        {
            return await published.Check(request, context);
        }

        var status = await RunAsync(request.Service, context.CancellationToken);
        return status == ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound, $"The service '{request.Service}' is not known."))
            : new HealthCheckResponse { Status = status };
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var stopping = options.Value.SuppressCompletionOnShutdown ? CancellationToken.None : lifetime.ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        if (options.Value.UseHealthChecksCache)
        {
            await published.FollowAsync(request.Service, () => Task.FromResult(published.Current(request.Service)), responseStream, end.Token);
        }
        else
        {
            await published.FollowAsync(request.Service, () => RunAsync(request.Service, end.Token), responseStream, end.Token);
        }

        if (stopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing });
        }
    }

    private async Task<ServingStatus> RunAsync(string service, CancellationToken cancellationToken)
    {
        if (options.Value.Services.Find(service) is not { } mapping)
        {
            return ServingStatus.ServiceUnknown;
        }

        var report = await checks.CheckHealthAsync(
            check => checkOptions.Value.Predicate?.Invoke(check) != false && mapping.Covers(check.Name, check.Tags), cancellationToken);
        return HealthPublisher.StatusOf(report.Entries.Values);
    }
}

using Dapr.Common.Serialization;
using Dapr.Workflow.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Execution;

/// <summary>What executions are made of.</summary>
internal sealed record ExecutionServices(IWorkflowsFactory Workflows, IServiceScopeFactory Scopes, IDaprSerializer Serializer, ILoggerFactory Loggers);
